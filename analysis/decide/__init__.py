"""Decisions over parameter sets: how robust a ranking is, what it hangs on, and what a choice costs."""
