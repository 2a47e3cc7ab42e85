"""A run in a process of its own, to be killed: driver.py OUT REPLICATES PROCESSES."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

if __name__ == "__main__":
    import conftest

    from simulation.experiment.design import make_plan
    from simulation.experiment.run import execute

    out, replicates, processes = sys.argv[1:]
    plan = make_plan(conftest.scenarios("quiet", "busy"), seed=1, replicates=int(replicates))
    report = execute(plan, Path(out), int(processes), engine=conftest.FAKE)
    sys.stdout.write(f"{report.n_ok} {report.n_failed} {report.n_computed}\n")
    if os.environ.get("FAKE_PEAK"):
        import resource

        sys.stderr.write(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}\n")
    sys.exit(report.exit_code)
