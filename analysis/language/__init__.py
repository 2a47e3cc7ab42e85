"""Words and numbers, in Indonesian and English."""
