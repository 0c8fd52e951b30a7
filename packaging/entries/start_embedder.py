"""Executable `bytebrain-embedder`: turns texts into vectors as a child of the engine."""

from engine.embedding.__main__ import main

main()
