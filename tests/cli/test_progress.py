"""Progress says how much time is left, and does not fill the screen."""

from getok import progress
from getok.progress import MOST_BARS, Bars, Lines


def test_lines_say_how_much_time_is_left(monkeypatch, capsys):
    clock = iter([0.0, 20.0])
    monkeypatch.setattr(progress.time, "perf_counter", lambda: next(clock))
    shown = Lines()
    shown.begin(["a", "b"], [10, 0], 60)
    shown.advance(0, ok=True)  # one of 110 in 20 seconds
    assert capsys.readouterr().err == "11 of 120 runs finished; about 36 min left\n"


def test_hundreds_of_scenarios_share_one_bar(monkeypatch):
    for n, bars in ((MOST_BARS, MOST_BARS + 1), (243, 1)):
        shown = Bars()
        monkeypatch.setattr(shown._progress, "start", lambda: None)
        shown.begin([f"s{k}" for k in range(n)], [0] * n, 4)
        shown.advance(0, ok=True)
        assert len(shown._progress.tasks) == bars
        assert shown._progress.tasks[-1].completed == 1
