"""PyInstaller hook: onnxruntime for inference on the CPU only; its tools for making models stay out."""

from PyInstaller.utils.hooks import collect_dynamic_libs

binaries = [(source, target) for source, target in collect_dynamic_libs("onnxruntime") if not any(word in source for word in ("_cuda", "_tensorrt", "_rocm"))]
excludedimports = [
    "onnxruntime.backend",
    "onnxruntime.datasets",
    "onnxruntime.quantization",
    "onnxruntime.tools",
    "onnxruntime.training",
    "onnxruntime.transformers",
    "onnx",
    "sympy",
    "torch",
]
