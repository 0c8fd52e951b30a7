"""Executable `bytebrain-generator`: runs llama.cpp as a child of the engine."""

from engine.generation.__main__ import main

main()
