"""Outcomes over many parameter sets: what a comparison looks like if nobody knows the parameters."""

from getok.analysis.ensemble.ensemble import Ensemble

__all__ = ["Ensemble"]
