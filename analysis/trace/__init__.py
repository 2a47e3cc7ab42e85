"""Why: one agent explained from the event log."""

from getok.analysis.trace.cases import tell_cases
from getok.analysis.trace.story import Agent, Chapter, Moment, chapters_of, moments_of, tell

__all__ = ["Agent", "Chapter", "Moment", "chapters_of", "moments_of", "tell", "tell_cases"]
