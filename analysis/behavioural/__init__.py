"""The behavioural set: the parameter sets under which the model shows what the case reports."""
