"""Finding passages for a question: two searches, one ranking, and how sure it is."""
