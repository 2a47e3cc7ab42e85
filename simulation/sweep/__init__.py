"""Sweeps: scenarios over many parameter sets, with the same luck in each."""
