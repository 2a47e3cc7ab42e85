"""Programme, agencies, calendar and shocks, in plain Python: what happens between the compiled processes of a week."""
