"""Parameter sets that were found: how they show themselves, and what they say."""

from __future__ import annotations

import weakref
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from getok.carrying_out import remove_temporary
from getok.results import Shown, Table, frame
from getok.simulation.texts.catalogue import CALIBRATION_WORDS, CRITERION_WORDS, Lang
from getok.simulation.texts.numbers import number, percent, plain

if TYPE_CHECKING:
    import pandas as pd

    from getok.analysis.behavioural.narrowing import Narrowing
    from getok.analysis.figures.style import Picture
    from getok.behavioural.search import Found
    from getok.fitting.check import Given
    from getok.fitting.rounds import Fitted
    from getok.simulation.scenario.points import Points
    from getok.simulation.scenario.resolved import Scenario

SHOWN = 12
"""Rows of a table."""

POOR = 0.25
"""Share of statistics outside of the middle 90 % from which on the fit is called poor; luck alone gives a tenth."""


class SetResult(Shown):
    """Parameter sets that were found, as a file for ``over=``.

    Attributes
    ----------
    path : Path
        File of the sets; goes with the result if no folder was named.
    points : Points
        Names, ranges and values of the sets.
    narrowings : list of Narrowing
        How much narrower each parameter is than it was drawn.
    """

    by = ""

    def __init__(self, path: Path, points: Points, drawn: NDArray[np.float64]) -> None:
        from getok.analysis.behavioural.narrowing import narrowings  # noqa: PLC0415 - not before it is needed

        self.path = path
        self.points = points
        self.narrowings: list[Narrowing] = narrowings(points)
        self._drawn = drawn
        weakref.finalize(self, remove_temporary, path.parent)

    @property
    def folder(self) -> Path:
        """Folder of the runs and of the set."""
        return self.path.parent

    def narrowed_table(self, lang: Lang = "en") -> Table:
        """Parameters that are clearly narrowed: as drawn, as kept, and what they mean."""
        return narrowed_table(self.narrowings, lang)

    def narrowed_sentence(self, lang: Lang = "en") -> str:
        """How many parameters are clearly narrowed, by the case or by the records."""
        clear = sum(one.is_narrowed for one in self.narrowings)
        return CALIBRATION_WORDS[lang][f"narrowed.{self.by}"].format(clear=clear, n=len(self.narrowings))

    def to_pandas(self) -> pd.DataFrame:
        """Parameter sets as a data frame, a column a parameter.

        Raises
        ------
        UsageError
            If pandas is not installed.
        """
        return frame([dict(zip(self.points.parameters, row, strict=True)) for row in self.points.values.tolist()])

    def picture(self, lang: Lang = "en") -> Picture:
        """Draw each parameter as it was drawn and as it was kept; a notebook shows it."""
        from getok.analysis.figures.narrowing import draw_narrowing  # noqa: PLC0415 - matplotlib

        points = self.points
        return draw_narrowing(points.parameters, self._drawn, points.values, points.ranges, lang)

    def draw(self, folder: str | Path | None = None, *, lang: Lang = "en") -> list[Path]:
        """Write the figure as SVG and PNG, by default into ``figures`` of the folder.

        Raises
        ------
        StoreError
            If it cannot be written.
        """
        from getok.analysis.figures.saving import save  # noqa: PLC0415 - matplotlib

        return save(self.picture(lang), Path(folder or self.folder / "figures"))

    @abstractmethod
    def to_json(self) -> dict[str, object]:
        """All of it for other programs."""


class CalibrationResult(SetResult):
    """Parameter sets that show the patterns of the case.

    Attributes
    ----------
    found : Found
        Sets that pass, sets that were drawn, share of draws that pass each criterion.
    """

    by = "case"

    def __init__(self, path: Path, found: Found) -> None:
        super().__init__(path, found.accepted, found.drawn)
        self.found = found

    def tables(self, lang: Lang = "en") -> list[Table]:
        """Share of draws that pass each criterion; parameters that are narrowed."""
        from getok.analysis.behavioural.criteria import CRITERIA  # noqa: PLC0415 - not before they are needed

        words, passing = CALIBRATION_WORDS[lang], self.found.passing
        rows = [
            (one.id, CRITERION_WORDS[lang][one.id], percent(passing[one.id], lang), words[f"use.{one.use.value}"])
            for one in CRITERIA
        ]
        head = ("", *(words[f"column.{name}"] for name in ("statement", "passing", "use")))
        return [Table("", head, tuple(rows)), self.narrowed_table(lang)]

    def sentences(self, lang: Lang = "en") -> list[str]:
        """How many parameters are narrowed, and how many sets pass all criteria."""
        counts = {"accepted": len(self.points), "n": number(self.found.n_drawn, lang, 0)}
        return [self.narrowed_sentence(lang), CALIBRATION_WORDS[lang]["accepted"].format(**counts)]

    def to_json(self) -> dict[str, object]:
        """File of the set, draws, narrowings, and share that passes each criterion."""
        found = {"set": self.path.as_posix(), "drawn": self.found.n_drawn}
        return {**found, "narrowings": self.narrowings, "passing": self.found.passing}


class FitResult(SetResult):
    """Parameter sets that fit a group's own records.

    Attributes
    ----------
    fitted : Fitted
        Sets, how many were drawn and near.
    checked : list of Given
        Each statistic of the records, and what the set gives.
    """

    by = "records"

    def __init__(self, path: Path, scenario: Scenario, fitted: Fitted, checked: Sequence[Given]) -> None:
        super().__init__(path, fitted.points, fitted.first)
        self.scenario = scenario
        self.fitted = fitted
        self.checked = list(checked)

    def tables(self, lang: Lang = "en") -> list[Table]:
        """What of the records the set does not give; parameters that are narrowed."""
        return [outside_table(self.checked, lang), self.narrowed_table(lang)]

    def stated(self, lang: Lang = "en") -> list[str]:
        """What the scenario holds, and so is not fitted, and what it changes of what is fitted."""
        return standing(self.scenario, self.points, lang)

    def fit_sentences(self, lang: Lang = "en") -> list[str]:
        """How many statistics the set gives, and whether that is poor."""
        return given_sentences(self.checked, lang)

    def count_sentences(self, lang: Lang = "en") -> list[str]:
        """Which intervals are known to be narrow, and how many sets were kept."""
        from getok.simulation.scenario.wording.parameters import parameter_phrase  # noqa: PLC0415

        words = CALIBRATION_WORDS[lang]
        narrow = [
            words["narrow"].format(parameter=parameter_phrase(name, lang), held=f"{100 * held:g}")
            for name, held in self.held_less().items()
        ]
        counts = {"kept": len(self.points), "near": self.fitted.n_near, "n": self.fitted.n_drawn}
        return [*narrow, words["fitted"].format(**counts)]

    def sentences(self, lang: Lang = "en") -> list[str]:
        """All that is to be said of the fit."""
        return [
            *self.stated(lang),
            *self.fit_sentences(lang),
            self.narrowed_sentence(lang),
            *self.count_sentences(lang),
        ]

    def held_less(self) -> dict[str, float]:
        """Parameters whose 90 % intervals are known to hold less, and how much they hold."""
        from getok.analysis.fitting.posterior import NARROW  # noqa: PLC0415 - not before it is needed

        return {name: held for name, held in NARROW.items() if name in self.points.parameters}

    def to_json(self) -> dict[str, object]:
        """File of the set, draws, narrowings, and what of the records the set gives."""
        one = self.fitted
        found = {"set": self.path.as_posix(), "drawn": one.n_drawn, "near": one.n_near, "plausible": one.plausible}
        return {
            **found,
            "narrowings": self.narrowings,
            "held_less_than_0.9": self.held_less(),
            "check": [asdict(given) for given in self.checked],
        }


def standing(scenario: Scenario, points: Points, lang: Lang) -> list[str]:
    """Say what the scenario holds, and so is not fitted, and what it changes of what is fitted."""
    from getok.analysis.decide.standing import stated_sentences  # noqa: PLC0415
    from getok.behavioural.ranges import drawn_ranges  # noqa: PLC0415
    from getok.simulation.sweep.stated import stated  # noqa: PLC0415

    held = [name for name in scenario.observed if name in drawn_ranges()]
    text = CALIBRATION_WORDS[lang]["observed"].format(scenario=scenario.name, names=", ".join(held))
    return [*([text] if held else []), *stated_sentences(stated([scenario], points), lang)]


def narrowed_table(narrowings: Sequence[Narrowing], lang: Lang) -> Table:
    """Parameters that are clearly narrowed: as drawn, as kept, and what they mean."""
    from getok.simulation.scenario.wording.parameters import parameter_text  # noqa: PLC0415

    words = CALIBRATION_WORDS[lang]
    clear = [one for one in narrowings if one.is_narrowed]
    rows = [
        (
            one.parameter,
            words["range"].format(low=plain(one.low, lang), high=plain(one.high, lang)),
            words["range"].format(
                low=plain(float(f"{one.kept_low:.3g}"), lang), high=plain(float(f"{one.kept_high:.3g}"), lang)
            ),
            plain(round(one.width, 2), lang),
            parameter_text(one.parameter, lang),
        )
        for one in clear[:SHOWN]
    ]
    names = ("parameter", "drawn", "kept", "width", "meaning")
    return Table("", tuple(words[f"column.{name}"] for name in names), tuple(rows))


def outside_table(checked: Sequence[Given], lang: Lang) -> Table:
    """What of the records the set does not give."""

    def short(value: float) -> str:
        return plain(float(f"{value:.3g}"), lang)

    words = CALIBRATION_WORDS[lang]
    outside = [one for one in checked if not one.is_inside]
    rows = [
        (one.name, short(one.recorded), words["range"].format(low=short(one.low), high=short(one.high)))
        for one in outside[:SHOWN]
    ]
    return Table("", tuple(words[f"column.{name}"] for name in ("not_given", "recorded", "given")), tuple(rows))


def given_sentences(checked: Sequence[Given], lang: Lang) -> list[str]:
    """How many statistics of the records the set gives, and whether that is poor."""
    words, n = CALIBRATION_WORDS[lang], len(checked)
    inside = sum(one.is_inside for one in checked)
    poor = [words["poor"]] if n - inside > POOR * n else []
    return [words["given"].format(inside=inside, n=n), *poor]
