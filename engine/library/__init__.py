"""Keeping the library: the truth in SQLite, words in FTS5, meaning in hnswlib."""
