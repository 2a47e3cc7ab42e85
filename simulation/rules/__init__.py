"""Pure formulas that more than one process uses."""
