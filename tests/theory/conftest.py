"""The verification stands beside the package and is not installed with it."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2]))
