"""Measures of a diffusion, observed or simulated: what the literature computes from times of adoption and ties."""

from analysis.measures.columns import Columns
from analysis.measures.diffusion import Diffusion
from analysis.measures.reading import Counts, Reading, read_diffusion
from analysis.measures.times import Conventions, Watched

__all__ = ["Columns", "Conventions", "Counts", "Diffusion", "Reading", "Watched", "read_diffusion"]
