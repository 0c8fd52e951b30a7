"""Answering from passages, and proving every sentence."""
