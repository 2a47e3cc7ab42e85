"""How fast getok is, as ratios against other programs and the machine, in one run: ``python -m benchmarks``."""
