"""What ByteBrain needs of the operating system, how to see whether it is there, and the one command that brings it.

Wheels carry almost everything; what is left is a compiler for the two native parts, the graphics libraries that Qt
expects on every Linux desktop, a font for Chinese and the data of text recognition. Names are Debian's; on other distributions the library's file name
is what a person searches for.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Need:
    """One thing of the operating system. Without an essential one the set-up can't go on; without another it can."""

    what: str
    package: str
    present: Callable[[], bool]
    essential: bool = True


def library_loads(file_name: str) -> bool:
    """Whether the dynamic linker finds a shared library and all that it needs in turn."""
    try:
        ctypes.CDLL(file_name)
    except OSError:
        return False
    return True


def has_program(*names: str) -> bool:
    """Whether one of these programs is on the path."""
    return any(shutil.which(name) for name in names)


def has_headers() -> bool:
    """Whether this Python's C headers are there (hnswlib is compiled against them)."""
    return Path(sysconfig.get_paths()["include"], "Python.h").is_file()


def has_venv() -> bool:
    """Whether this Python can make virtual environments with pip in them (Debian ships that part separately)."""
    import importlib.util

    return importlib.util.find_spec("ensurepip") is not None and importlib.util.find_spec("venv") is not None


def has_font_for(language: str) -> bool:
    """Whether fontconfig knows a font for a language (ISO 639-1)."""
    if not has_program("fc-list"):
        return False
    listed = subprocess.run(["fc-list", f":lang={language}", "file"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


def has_recognition_of(language: str) -> bool:
    """Whether Tesseract's data of a language lies where the reader looks for it (Tesseract itself comes inside PyMuPDF)."""
    folders = [Path(os.environ["TESSDATA_PREFIX"])] if os.environ.get("TESSDATA_PREFIX") else []
    folders += [*Path("/usr/share/tesseract-ocr").glob("*/tessdata"), Path("/usr/share/tessdata"), Path("/usr/share/tesseract/tessdata")]
    return any((folder / f"{language}.traineddata").is_file() for folder in folders)


def has_shared_libpython() -> bool:
    """Whether the shared library of this Python is there: a frozen program starts from it."""
    name = sysconfig.get_config_var("INSTSONAME") or ""
    if ".so" not in name:
        return False
    return Path(sysconfig.get_config_var("LIBDIR") or "", name).exists() or library_loads(name)


def to_build_and_run(version: tuple[int, int]) -> tuple[Need, ...]:
    """What a Linux machine needs to set ByteBrain up and open its window; `version` is that of Python."""
    python = f"python{version[0]}.{version[1]}"

    def library(file_name: str, package: str) -> Need:
        return Need(file_name, package, lambda: library_loads(file_name))

    return (
        Need("Python's venv module", f"{python}-venv", has_venv),
        Need("Python's C headers", f"{python}-dev", has_headers),
        Need("a C compiler", "gcc", lambda: has_program("gcc", "cc", "clang")),
        Need("a C++ compiler", "g++", lambda: has_program("g++", "c++", "clang++")),
        Need("make or ninja", "make", lambda: has_program("make", "ninja")),
        library("libEGL.so.1", "libegl1"),
        library("libGL.so.1", "libgl1"),
        library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        library("libxcb-cursor.so.0", "libxcb-cursor0"),
        library("libxcb-icccm.so.4", "libxcb-icccm4"),
        library("libxcb-keysyms.so.1", "libxcb-keysyms1"),
        library("libxcb-shape.so.0", "libxcb-shape0"),
        library("libdbus-1.so.3", "libdbus-1-3"),
        Need("fontconfig", "fontconfig", lambda: has_program("fc-list") and library_loads("libfontconfig.so.1")),
        Need("a font for Chinese", "fonts-noto-cjk", lambda: has_font_for("zh"), essential=False),
        Need("text recognition in English", "tesseract-ocr-eng", lambda: has_recognition_of("eng"), essential=False),
        Need("text recognition in Chinese", "tesseract-ocr-chi-sim", lambda: has_recognition_of("chi_sim"), essential=False),
    )


def to_test(*, display: bool) -> tuple[Need, ...]:
    """What the checks want beside that: a display to draw on, where the machine has none."""
    if display:
        return ()
    return (
        Need("a virtual display", "xvfb", lambda: has_program("xvfb-run"), essential=False),
        Need("xauth for the virtual display", "xauth", lambda: has_program("xauth"), essential=False),
    )


def to_freeze(version: tuple[int, int]) -> tuple[Need, ...]:
    """What PyInstaller needs: Python as a shared library, and the tools that look into one."""
    return (
        Need("Python as a shared library", f"libpython{version[0]}.{version[1]}", has_shared_libpython),
        Need("objdump", "binutils", lambda: has_program("objdump")),
    )


def missing(needs: Iterable[Need]) -> tuple[Need, ...]:
    """Those that are not there, in order."""
    return tuple(need for need in needs if not need.present())


def apt_commands(needs: Sequence[Need]) -> tuple[tuple[str, ...], ...]:
    """The commands that bring them on Debian and its relatives."""
    packages = tuple(dict.fromkeys(need.package for need in needs))
    return (("apt-get", "update"), ("apt-get", "install", "-y", "--no-install-recommends", *packages))


def may_install() -> bool:
    """Whether we may install packages ourselves: only as root, and only where apt is."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and has_program("apt-get")


def one_command(needs: Sequence[Need], *, apt: bool, dnf: bool) -> str:
    """The one line that a person types to bring what is missing."""
    if apt:
        return "sudo sh -c '" + " && ".join(" ".join(command) for command in apt_commands(needs)) + "'"
    if dnf:
        by_file = [f"'{need.what}()(64bit)'" if ".so" in need.what else need.package for need in needs]
        return "sudo dnf install " + " ".join(by_file)
    return "install with your system's package manager: " + ", ".join(f"{need.what} (Debian: {need.package})" for need in needs)


def has_display() -> bool:
    """Whether a window can be shown here. Only on Linux is there any doubt."""
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
