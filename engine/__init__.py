"""The engine: reads documents, keeps the library, finds passages, answers.

This file is the front door: light names only (values, messages, trouble), so the window imports it and still loads no
torch, no llama.cpp, no MuPDF, no numpy.
"""

from engine import messages, trouble, values, wire

__all__ = ["messages", "trouble", "values", "wire"]
