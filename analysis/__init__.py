"""What it means: reads tables, never a live model."""
