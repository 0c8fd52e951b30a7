"""PyInstaller hook: hnswlib is one extension module that imports numpy from C, where PyInstaller can't see it."""

hiddenimports = ["numpy"]
