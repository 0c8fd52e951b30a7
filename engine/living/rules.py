"""Rules: how the student wants answers to be written, for the whole library and for single collections; kept in study.db."""

from __future__ import annotations

from engine.answering.templates import check_template
from engine.library.database import Database
from engine.living.collections import collection_name
from engine.reading.encodings import clean_text
from engine.trouble import Trouble
from engine.values import Rules

LONGEST_INSTRUCTIONS = 800
"""Characters: some 200 tokens of English, a sixth of what a prompt may hold."""

LONGEST_TEMPLATE = 2_000

_LIBRARY = ""
"""Under this name the rules of the whole library are kept; no collection can be called so."""


class RuleBook:
    """The rules of one home."""

    def __init__(self, database: Database) -> None:
        """`database` is that of `open_study_database`."""
        self._database = database

    def all(self) -> tuple[Rules, ...]:
        """Every choice that was made, the library's first."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT collection, instructions, template FROM rules ORDER BY collection").fetchall()
        return tuple(Rules(row[0] or None, row[1], row[2]) for row in rows)

    def keep(self, rules: Rules) -> None:
        """Keep a choice; where nothing is chosen, nothing is kept.

        Raises:
            Trouble: it is too long, or the template lacks or names a placeholder that it must not.
        """
        sound = checked(rules)
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM rules WHERE collection = ?", (sound.collection or _LIBRARY,))
            if sound.instructions or sound.template:
                connection.execute("INSERT INTO rules VALUES (?, ?, ?)", (sound.collection or _LIBRARY, sound.instructions, sound.template))

    def take_in(self, rules: tuple[Rules, ...]) -> None:
        """Keep choices that were made elsewhere, where none was made here.

        Raises:
            Trouble: one of them can't be kept; then none is.
        """
        with self._database.transaction():
            here = {known.collection for known in self.all()}
            for each in map(checked, rules):  # first, so that no other spelling of a name gets past the question
                if each.collection not in here:
                    self.keep(each)

    def of(self, collection: str | None) -> Rules:
        """What is chosen for a collection, each of the two where it is there, else the library's."""
        chosen = {rules.collection: rules for rules in self.all()}
        of_library = chosen.get(None, Rules())
        own = chosen.get(collection, of_library)
        return Rules(collection, own.instructions or of_library.instructions, own.template or of_library.template)


def checked(untrusted: Rules) -> Rules:
    """Rules as they are kept.

    Raises:
        Trouble: they can't be kept.
    """
    # The chat template's marks are the program's: a rule that came with somebody's export can't open a turn of its own.
    instructions, template = (clean_text(text).strip().replace("<|", "< |") for text in (untrusted.instructions, untrusted.template))
    for text, longest, what in ((instructions, LONGEST_INSTRUCTIONS, "Instructions"), (template, LONGEST_TEMPLATE, "A template")):
        if len(text) > longest:
            sentence = f"{what} can have {longest:,} characters at most; these are {len(text):,}. The model reads them with every question."
            raise Trouble("rules-too-long", sentence, "Make them shorter.")
    if template:
        check_template(template)
    return Rules(collection_name(untrusted.collection) if untrusted.collection is not None else None, instructions, template)
