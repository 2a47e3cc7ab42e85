"""Parameters in the reader's language: meaning, unit, theme, confidence, source.

The words stand beside the declarations, in :mod:`getok.simulation.scenario.wording`, because ``explain`` says them too;
this is where reports and figures find them.
"""

from getok.simulation.scenario.wording.parameters import parameter_phrase, parameter_text
from getok.simulation.scenario.wording.terms import confidence_word, source_text, theme_word, unit_word

__all__ = ["confidence_word", "parameter_phrase", "parameter_text", "source_text", "theme_word", "unit_word"]
