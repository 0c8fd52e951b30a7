"""Embedding texts: from words to vectors of meaning."""
