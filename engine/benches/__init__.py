"""Benchmarks: the performance figures of one machine, as ratios and counts."""
