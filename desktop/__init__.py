"""What the student sees: the window, a client of the engine. Opens no document, loads no weights, never waits."""
