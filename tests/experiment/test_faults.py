"""Whatever the n-th call of the operating system says: a clear word, and going on gives the same tables."""

import errno

import pytest
from failing import FAULTS, failing
from stored_runs import digest_of, shards_that_count

from getok.cli import main
from getok.simulation.errors import GetokError, MachineError
from getok.simulation.experiment.compact import compact
from getok.simulation.experiment.run import execute
from getok.simulation.experiment.verify import verify
from getok.simulation.record.markers import part_path

WORDS = ("no space left", "cannot be", "memory", "machine gave out", "too many open files")


def clear(error):
    return isinstance(error, MemoryError) or any(word in str(error) for word in WORDS)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_run_that_meets_a_fault_goes_on_to_the_same_tables(tmp_path, plan, fake, whole, fault):
    expected = whole(2)
    nth, met = 0, []
    while True:
        nth += 7
        out = tmp_path / f"out-{nth}"
        with failing(nth, fault) as counted:
            try:
                execute(plan(2), out, 1, engine=fake)
            except (GetokError, MemoryError) as error:
                met.append(error)
        if counted.seen < nth:
            break
        assert not list(out.rglob("*.tmp-*"))
        report = execute(plan(2), out, 1, engine=fake)
        assert (report.n_ok, report.n_failed) == (4, 0)
        assert digest_of(out) == expected
    assert len(met) > 5
    assert all(map(clear, met)), met


@pytest.mark.parametrize("fault", FAULTS)
def test_commands_that_read_end_with_a_clear_word(folder, capsys, fault):
    before = digest_of(folder)
    for nth in (1, 2, 3, 8, 20):
        for command in (["status"], ["store", "verify"]):
            with failing(nth, fault, ("open", "read")):
                assert main([*command, str(folder)]) == 2
            said = "".join(capsys.readouterr())
            assert any(word in said for word in (*WORDS, "not readable")), said
            assert "getok itself" not in said
            assert "delete" not in said  # what cannot be read is not known to be damaged
    assert digest_of(folder) == before


@pytest.mark.parametrize("fault", ["no space", "input/output", "memory"])
def test_a_compaction_that_meets_a_fault_loses_nothing(folder, fault):
    before = digest_of(folder)
    for nth in (1, 9, 30, 80, 95, 100):
        with failing(nth, fault), pytest.raises((GetokError, MemoryError)) as caught:
            compact(folder)
        assert clear(caught.value)
        assert digest_of(folder) == before
        assert verify(folder).is_whole
    compact(folder)
    assert digest_of(folder) == before


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize(
    "error", ["MemoryError()", "OSError(28, 'No space left on device')", "RuntimeError('can\\'t start new thread')"]
)
def test_a_fault_of_the_machine_is_no_result(tmp_path, plan, fake, monkeypatch, whole, processes, error):
    expected = whole(3)
    monkeypatch.setenv("FAKE_GIVE_OUT", f"busy/1 {error}")
    with pytest.raises(MachineError, match="the same command goes on"):
        execute(plan(3), tmp_path / "out", processes, engine=fake)
    monkeypatch.delenv("FAKE_GIVE_OUT")
    report = execute(plan(3), tmp_path / "out", 1, engine=fake)
    assert (report.n_ok, report.n_failed) == (6, 0)
    assert digest_of(tmp_path / "out") == expected


def test_what_may_not_be_read_is_not_called_damaged(folder, monkeypatch, capsys):
    path = part_path(folder, "weekly", shards_that_count(folder)[0])
    real = verify.__globals__["read_part"]

    def forbidden(one, *arguments, **more):
        if one == path:
            from getok.simulation.files import read_error  # noqa: PLC0415

            raise read_error(path, PermissionError(errno.EACCES, "Permission denied"))
        return real(one, *arguments, **more)

    monkeypatch.setattr("getok.simulation.experiment.verify.read_part", forbidden)
    assert main(["store", "verify", str(folder)]) == 2
    said = capsys.readouterr().out
    assert f"{path}  cannot be read (no permission): have its permissions changed" in said
    assert "delete" not in said
    assert "damaged" not in said
