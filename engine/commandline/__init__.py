"""The command line: turns what a person types into requests, and what the engine says into text or JSON."""
