"""The two native parts that come as source only, each built once and kept as a wheel.

Both default to `-march=native`, which is a crash on any older processor. We build llama.cpp with one library per kind of
processor instead, chosen at run time, and hnswlib for the common baseline: the same wheels serve a source set-up and the
shipped bundle. What a person gives in CMAKE_ARGS comes last and so has the last word (`-DGGML_CUDA=on` adds the CUDA
backend as one more library).
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from steps import digest

PORTABLE_LLAMA = (
    "-DGGML_NATIVE=OFF",
    "-DGGML_BACKEND_DL=ON",
    "-DGGML_CPU_ALL_VARIANTS=ON",
    "-DLLAVA_BUILD=OFF",
    "-DLLAMA_OPENSSL=OFF",
    # The processor's libraries must lie beside libllama; scikit-build would put them into another folder.
    "-DCMAKE_INSTALL_BINDIR=llama_cpp/lib",
    "-DCMAKE_INSTALL_LIBDIR=llama_cpp/lib",
)


@dataclass(frozen=True)
class NativePart:
    """A distribution that is built here: what pip is told, and the environment that its build looks at."""

    distribution: str
    title: str
    settings: tuple[str, ...]
    environment: tuple[tuple[str, str], ...]

    @property
    def wheel_prefix(self) -> str:
        """How its wheels' file names begin (PEP 427 writes `_` for `-`)."""
        return self.distribution.replace("-", "_") + "-"


def merge_cmake_args(own: tuple[str, ...], given: str | None) -> str:
    """Ours, then the person's: of two definitions of the same name CMake takes the later one."""
    return " ".join((*own, given.strip())) if given and given.strip() else " ".join(own)


def native_parts(environment: Mapping[str, str]) -> tuple[NativePart, ...]:
    """What is built, given the environment of the person who asks."""
    jobs = environment.get("CMAKE_BUILD_PARALLEL_LEVEL") or str(os.cpu_count() or 2)
    return (
        NativePart(
            "hnswlib",
            "Building hnswlib (half a minute)",
            settings=(),
            environment=(("HNSWLIB_NO_NATIVE", "1"),),
        ),
        NativePart(
            "llama-cpp-python",
            "Building llama.cpp for every kind of processor (minutes)",
            settings=("build.targets=llama;llama-common", "install.strip=true"),
            environment=(("CMAKE_ARGS", merge_cmake_args(PORTABLE_LLAMA, environment.get("CMAKE_ARGS"))), ("CMAKE_BUILD_PARALLEL_LEVEL", jobs)),
        ),
    )


def build_key(part: NativePart, requirement: str) -> str:
    """Names a build: the same key means that the wheel would come out the same. The number of jobs changes nothing."""
    telling = [(name, value) for name, value in part.environment if name != "CMAKE_BUILD_PARALLEL_LEVEL"]
    python = f"{sys.implementation.name}{sys.version_info[0]}.{sys.version_info[1]}"
    return digest(json.dumps([requirement, part.settings, telling, python, sys.platform, platform.machine()]))


def kept_wheel(folder: Path, part: NativePart) -> Path | None:
    """The wheel of an earlier build, if there is one."""
    found = sorted(folder.glob(f"{part.wheel_prefix}*.whl"))
    return found[-1] if found else None


def wheel_command(python: Path, part: NativePart, requirement: str, folder: Path) -> tuple[str, ...]:
    """The pip command that builds the wheel into `folder`.

    pip's own cache is left out: it doesn't know CMAKE_ARGS and would hand back a build made with others.
    """
    settings = tuple(f"--config-settings={setting}" for setting in part.settings)
    return (
        *(str(python), "-P", "-m", "pip", "wheel", "--verbose", "--no-deps", "--no-cache-dir", "--no-input", "--progress-bar=off"),
        *("--no-binary", part.distribution, *settings, "--wheel-dir", str(folder), requirement),
    )
