"""A run in a process of its own, to be killed: driver.py OUT REPLICATES PROCESSES [SHARD]."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

if __name__ == "__main__":
    import conftest

    from getok.simulation.experiment.design import make_plan
    from getok.simulation.experiment.part import read_part_of
    from getok.simulation.experiment.run import execute

    out, replicates, processes, *shard = sys.argv[1:]
    plan = make_plan(conftest.scenarios("quiet", "busy"), seed=1, replicates=int(replicates))
    part = read_part_of(shard[0] if shard else "0/1")
    cluster = os.environ.get("FAKE_CLUSTER")
    report = execute(plan, Path(out), int(processes), engine=conftest.FAKE, part=part, cluster=cluster)
    sys.stdout.write(f"{report.n_ok} {report.n_failed} {report.n_computed}\n")
    if os.environ.get("FAKE_PEAK"):
        import resource

        sys.stderr.write(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}\n")
    sys.exit(report.exit_code)
