"""Programmes put together from parts, to find out which are worth their cost."""
