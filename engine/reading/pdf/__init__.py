"""PDF pages: opened and drawn by MuPDF (`mupdf.py` alone knows it), composed into clean text by the pure rest of this room."""
