"""The shelf of model files: where models are found, checked and kept. Code and a catalogue, never weights.

This file is the front door: light names only. Nothing here loads a model or a giant.
"""

from models.catalogue import languages_of

__all__ = ["languages_of"]
