"""PyInstaller hook: MuPDF itself. Its layout models, its other converters and its C headers are not used and stay out."""

excludedimports = [
    "PIL",
    "fitz",
    "fontTools",
    "mupdf_cppyy",
    "networkx",
    "pandas",
    "psutil",
    "pymupdf.layout",
    "pymupdf4llm",
    "pymupdf_fonts",
    "tabulate",
    "tqdm",
    "yaml",
]
