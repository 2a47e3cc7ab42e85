"""Measures of a diffusion, observed or simulated: what the literature computes from times of adoption and ties."""

from analysis.measures.diffusion import Diffusion
from analysis.measures.reading import Columns, Counts, Reading, read_diffusion

__all__ = ["Columns", "Counts", "Diffusion", "Reading", "read_diffusion"]
