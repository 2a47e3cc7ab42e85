"""Paired comparison of scenarios under common random numbers."""

from getok.analysis.compare.comparison import Comparison, Difference, ScenarioCost, compare
from getok.analysis.compare.outcomes import OUTCOMES, Outcome

__all__ = ["OUTCOMES", "Comparison", "Difference", "Outcome", "ScenarioCost", "compare"]
