"""Where people live, whom they know, where they shop."""
