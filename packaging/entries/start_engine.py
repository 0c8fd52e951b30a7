"""Executable `bytebrain-engine`: the engine as a child of the window."""

from engine.__main__ import main

main()
