"""The fuzzer for a while, always over the same trials; ``python -m tests.fuzz`` takes fresh ones, for longer."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_whatever_is_spoiled_ends_with_a_clear_word():
    command = [sys.executable, "-m", "tests.fuzz", "--first", "1", "--seconds", "25"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
