"""Fitting to a group's own records: rounds of runs, each an ordinary sweep, and what fits."""
