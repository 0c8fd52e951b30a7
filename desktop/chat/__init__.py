"""The conversation: questions, answers as they are written, and the proof under each of them."""
