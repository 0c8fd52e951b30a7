"""PyInstaller hook: llama.cpp's libraries, those for each kind of processor included, all in one folder.

The processor's libraries are opened by name at run time, so nothing links to them and PyInstaller can't find them by
itself. `llama-common` belongs to llama.cpp's own programs and stays out. Of the Python side only the plain bindings are
used (engine/generation/runtime.py): what the package imports beside them stays out too.
"""

from PyInstaller.utils.hooks import collect_dynamic_libs

binaries = [(source, target) for source, target in collect_dynamic_libs("llama_cpp") if "llama-common" not in source]
excludedimports = ["llama_cpp.llama", "llama_cpp.llama_chat_format", "llama_cpp.llama_tokenizer", "llama_cpp.server", "diskcache", "numpy"]
