"""Long answers: a chapter summed up, or all of a kind listed, section by section, each line with its citation."""
