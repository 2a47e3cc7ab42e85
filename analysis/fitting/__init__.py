"""Fitting to a group's own records: what was sold and what happened, set against runs of the model."""
