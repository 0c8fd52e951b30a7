"""How good the library's answers are: labelled questions, what is measured with them, and one question looked at closely."""
