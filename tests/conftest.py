"""What all tests share: the reference implementation and the strategies are importable by name."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
