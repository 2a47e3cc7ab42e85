"""The twelve processes of a week, one file each."""
