"""llama.cpp's library, opened once per process: its log kept quiet, its backends loaded, its devices listed.

The only module that imports llama_cpp. Its package `__init__` is passed over on purpose: that one imports diskcache, whose
cache unpickles what it finds on disk (CVE-2025-69872), and numpy and more that nobody here needs (160 ms against 25 ms).
"""

from __future__ import annotations

import collections
import ctypes
import importlib.util
import os
import re
import sys
import types
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from engine.generation.messages import Device
from engine.trouble import ModelTrouble

LOG_INFO, LOG_WARN, LOG_ERROR, LOG_CONTINUED = 2, 3, 4, 5
"""enum ggml_log_level of ggml.h."""

DEVICE_KINDS: dict[int, Literal["cpu", "gpu", "integrated-gpu", "accelerator"]] = {0: "cpu", 1: "gpu", 2: "integrated-gpu", 3: "accelerator"}
"""enum ggml_backend_dev_type of ggml-backend.h; 4 wraps other devices and is not listed."""

SPIN_COUNT = "1000"
"""How long GNU OpenMP's threads spin for each other before they sleep. Its default of hundreds of thousands makes two threads on
two cores with one other busy program collapse (prefill 15 tokens/s, decode under 1); with 1,000 they never fell below 120 and
16, and on an idle machine they lose nothing (400 and 140; one thread: 220 and 125)."""

_DLL_NAMES = ("llama", "ggml", "ggml-base")


class _Feature(ctypes.Structure):
    """struct ggml_backend_feature."""

    _fields_ = (("name", ctypes.c_char_p), ("value", ctypes.c_char_p))


@dataclass(slots=True)
class Log:
    """What llama.cpp says: warnings and errors go to stderr, the last errors are kept for an explanation."""

    errors: collections.deque[str] = field(default_factory=lambda: collections.deque(maxlen=20))
    backends: list[str] = field(default_factory=list)
    _level: int = 0

    def take(self, level: int, text: bytes | None, _data: object) -> None:
        """The callback that llama.cpp calls, from any thread, for every (part of a) line."""
        if text is None:
            return
        self._level = level if level != LOG_CONTINUED else self._level
        line = text.decode("utf-8", "replace")
        if self._level == LOG_INFO and "backend from " in line:
            self.backends.append(line.rpartition("backend from ")[2].strip())
        if self._level not in (LOG_WARN, LOG_ERROR):
            return
        if self._level == LOG_ERROR:
            self.errors.append(line.strip())
        sys.stderr.write(line)
        sys.stderr.flush()


@dataclass(frozen=True, slots=True)
class Runtime:
    """The opened library. `api` are llama_cpp's plain ctypes bindings; `pointers` are the devices, in the order of `devices()`."""

    api: Any
    log: Log
    libraries: tuple[ctypes.CDLL, ...]
    kept: tuple[Any, ...]
    """Callbacks that C code holds: they must not be collected."""

    @classmethod
    def open(cls) -> Runtime:
        """Load llama.cpp and the backends that lie beside it.

        Raises:
            ImportError: llama-cpp-python is not installed, or its library can't be loaded.
        """
        os.environ.setdefault("GGML_NO_BACKTRACE", "1")  # a failed assertion would otherwise start a debugger on us
        os.environ.setdefault("GOMP_SPINCOUNT", SPIN_COUNT)
        api = _import_bindings()
        log = Log()
        callback = api.llama_log_callback(log.take)
        api.llama_log_set(callback, None)
        folder = Path(api._lib._name).parent
        runtime = cls(api=api, log=log, libraries=_libraries(api, folder), kept=(callback,))
        # Only an explicit folder: without one, the current folder is searched too.
        runtime._function("ggml_backend_load_all_from_path", None, ctypes.c_char_p)(os.fsencode(folder))
        api.llama_backend_init()
        return runtime

    @property
    def backend(self) -> str:
        """Which CPU variant was chosen at run time, such as "zen4"; "built in" for a library made for one CPU only."""
        for path in self.log.backends:
            variant = re.search(r"ggml-cpu-([A-Za-z0-9_.]+?)\.(so|dll|dylib)$", path)
            if variant:
                return variant[1]
        return "built in"

    def devices(self) -> tuple[Device, ...]:
        """Every device as llama.cpp reports it, with its free memory now."""
        return tuple(device for device, _ in self._listed())

    def cpu_features(self) -> tuple[str, ...]:
        """Names of the instruction sets that the chosen CPU variant uses, such as "AVX2"."""
        pointer = next((pointer for device, pointer in self._listed() if device.kind == "cpu"), None)
        if pointer is None:
            return ()
        registry = self._function("ggml_backend_dev_backend_reg", ctypes.c_void_p, ctypes.c_void_p)(pointer)
        address = self._function("ggml_backend_reg_get_proc_address", ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)(registry, b"ggml_backend_get_features")
        if not address:
            return ()
        features = ctypes.CFUNCTYPE(ctypes.POINTER(_Feature), ctypes.c_void_p)(address)(registry)
        names = []
        for feature in features:  # ends at an entry without a name
            if feature.name is None:
                break
            if feature.value != b"0":
                names.append(feature.name.decode("ascii", "replace"))
        return tuple(names)

    def pointers_to(self, chosen: Sequence[Device]) -> Any:
        """The NULL-terminated array of these devices that llama.cpp takes; empty means the CPU alone.

        Raises:
            ModelTrouble: a device is not there any more.
        """
        names = {device.name for device in chosen}
        found = [pointer for device, pointer in self._listed() if device.name in names]
        if len(found) < len(names):
            raise ModelTrouble("gpu-gone", f"The GPU {', '.join(sorted(names))} is not there any more.", "Load the model again.")
        return (ctypes.c_void_p * (len(found) + 1))(*found, None)

    def _listed(self) -> list[tuple[Device, int]]:
        get = self._function("ggml_backend_dev_get", ctypes.c_void_p, ctypes.c_size_t)
        kind_of = self._function("ggml_backend_dev_type", ctypes.c_int, ctypes.c_void_p)
        name_of = self._function("ggml_backend_dev_name", ctypes.c_char_p, ctypes.c_void_p)
        description_of = self._function("ggml_backend_dev_description", ctypes.c_char_p, ctypes.c_void_p)
        memory_of = self._function("ggml_backend_dev_memory", None, ctypes.c_void_p, ctypes.POINTER(ctypes.c_size_t), ctypes.POINTER(ctypes.c_size_t))
        listed = []
        for index in range(self._function("ggml_backend_dev_count", ctypes.c_size_t)()):
            pointer = get(index)
            kind = DEVICE_KINDS.get(kind_of(pointer))
            if kind is None:
                continue
            free, total = ctypes.c_size_t(), ctypes.c_size_t()
            memory_of(pointer, ctypes.byref(free), ctypes.byref(total))
            device = Device(
                name=name_of(pointer).decode("utf-8", "replace"),
                description=description_of(pointer).decode("utf-8", "replace"),
                kind=kind,
                free_bytes=free.value,
                total_bytes=total.value,
            )
            listed.append((device, pointer))
        return listed

    def _function(self, name: str, result: Any, *arguments: Any) -> Any:
        """A function of ggml, which llama_cpp has no binding for; as a value of its own, so that no other type sticks to it."""
        for library in self.libraries:
            try:
                address = ctypes.cast(getattr(library, name), ctypes.c_void_p).value
            except AttributeError:
                continue
            return ctypes.CFUNCTYPE(result, *arguments)(address or 0)
        raise ImportError(f"{name} is missing in llama.cpp's library")


def _import_bindings() -> Any:
    """llama_cpp's ctypes bindings, without running the package's `__init__`."""
    if "llama_cpp" not in sys.modules:
        spec = importlib.util.find_spec("llama_cpp")
        if spec is None or spec.submodule_search_locations is None:
            raise ImportError("llama-cpp-python is not installed")
        package = types.ModuleType("llama_cpp")
        package.__path__ = list(spec.submodule_search_locations)
        package.__spec__ = spec
        sys.modules["llama_cpp"] = package
    import llama_cpp.llama_cpp as bindings

    return bindings


def _libraries(api: Any, folder: Path) -> tuple[ctypes.CDLL, ...]:
    """Where ggml's functions are found: elsewhere through libllama itself, on Windows only in the very DLL that has them."""
    if os.name != "nt":
        return (api._lib,)
    return tuple(ctypes.CDLL(str(path)) for name in _DLL_NAMES for path in (folder / f"{name}.dll", folder / f"lib{name}.dll") if path.exists())
