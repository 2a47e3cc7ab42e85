"""What keys, parameters, units and sources of a scenario are called, in Indonesian and English."""
