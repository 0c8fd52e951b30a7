"""Studying a document: from a file to searchable chunks."""
