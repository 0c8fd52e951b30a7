"""The shelf of model files: where models are found, checked and kept. Code and a catalogue, never weights.

This file is the front door: light names only. Nothing here loads a model or a giant.
"""

from models.catalogue import languages_of
from models.checked import CheckedHashes
from models.fit import MemoryNeed, kv_bytes_per_token, memory_need
from models.gguf import GgufSummary
from models.shelf import Shelf, ShelvedModel, default_shares
from models.starter import EMBEDDER, GENERATOR, Starter, find_starter
from models.trouble import ShelfTrouble

__all__ = [
    "EMBEDDER",
    "GENERATOR",
    "CheckedHashes",
    "GgufSummary",
    "MemoryNeed",
    "Shelf",
    "ShelfTrouble",
    "ShelvedModel",
    "Starter",
    "default_shares",
    "find_starter",
    "kv_bytes_per_token",
    "languages_of",
    "memory_need",
]
