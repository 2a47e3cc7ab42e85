"""Runs: design, processes, store."""
