"""Measures of a diffusion, observed or simulated: what the literature computes from times of adoption and ties."""

from getok.analysis.measures.columns import Columns
from getok.analysis.measures.diffusion import Diffusion
from getok.analysis.measures.reading import Counts, Reading, read_diffusion
from getok.analysis.measures.times import Conventions, Watched

__all__ = ["Columns", "Conventions", "Counts", "Diffusion", "Reading", "Watched", "read_diffusion"]
