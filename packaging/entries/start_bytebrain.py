"""Executable `bytebrain` (and `bytebrain-window`, the same without a console on Windows): the command line or the window."""

import sys

from main import main

sys.exit(main())
