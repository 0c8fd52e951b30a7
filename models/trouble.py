"""What can be wrong with a model file, said to a person. The engine turns these into its own kind of trouble."""

from __future__ import annotations


class ShelfTrouble(Exception):
    """A model file that is missing, damaged or unknown: a stable code, one plain sentence and one remedy."""

    def __init__(self, code: str, sentence: str, remedy: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.remedy = remedy
