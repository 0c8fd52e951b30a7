"""PyInstaller hook: tokenizers is one extension module; its optional ties to a model hub and to notebooks stay out."""

excludedimports = ["huggingface_hub", "IPython", "tokenizers.tools"]
