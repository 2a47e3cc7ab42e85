"""What a sensitivity analysis says: indices in rows, and how much is luck."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from getok.analysis.sensitivity.design import Kind
from getok.analysis.sensitivity.estimates import Estimates
from getok.analysis.sensitivity.response import Question
from getok.analysis.sensitivity.variance import VarianceShares


class Method(StrEnum):
    """How sensitivity is measured."""

    MORRIS = "morris"
    SOBOL = "sobol"
    PAWN = "pawn"
    DELTA = "delta"


@dataclass(frozen=True, slots=True)
class Report:
    """Sensitivity of one outcome, or of one difference.

    Attributes
    ----------
    method : Method
        How it was measured.
    question : Question
        Of what.
    kind : Kind
        Kind of the design.
    n_points, n_replicates : int
        Size of the design that was run: distinct points, and seeds of each.
    estimates : tuple of Estimates
        Indices; the first is the one that ranks.
    shares : VarianceShares
        Variance between points and between seeds.
    """

    method: Method
    question: Question
    kind: Kind
    n_points: int
    n_replicates: int
    estimates: tuple[Estimates, ...]
    shares: VarianceShares

    def of(self, index: str) -> Estimates:
        """Return one index."""
        return next(one for one in self.estimates if one.index == index)
