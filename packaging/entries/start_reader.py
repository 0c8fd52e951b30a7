"""Executable `bytebrain-reader`: reads and draws documents as a child of the engine."""

from engine.reading.__main__ import main

main()
