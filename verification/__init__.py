"""Verification: the engine, reduced by its parameters to processes whose behaviour is known, against their formulas."""
