"""Generating text with a local model."""
