"""The scripts of packaging/ are no package (see docs/ARCHITECTURE.md), so tests find them as the scripts find each other."""

from __future__ import annotations

import sys
from pathlib import Path

PACKAGING = str(Path(__file__).resolve().parents[2] / "packaging")
if PACKAGING not in sys.path:
    sys.path.append(PACKAGING)
