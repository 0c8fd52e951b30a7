"""What belongs into a bundle, and how a bundle that breaks the rule is found."""

from __future__ import annotations

from pathlib import Path

import build_bundle
import bundle_contents as contents
import msgspec
import pytest

WHOLE = [
    *contents.EXECUTABLES,
    f"_internal/{contents.SHARE}/models/{contents.STARTER_GGUF}",
    f"_internal/{contents.EMBEDDER}/model.onnx",
    "_internal/engine/sample/data-structures.pdf",
    "_internal/bytebrain-0.1.0.dist-info/METADATA",
    "_internal/llama_cpp/lib/libggml-cpu-x64.so",
    "_internal/llama_cpp/lib/libggml-cpu-haswell.so",
]


def test_a_whole_bundle_lacks_nothing() -> None:
    assert contents.lacking(WHOLE) == ()


@pytest.mark.parametrize("left_out", WHOLE)
def test_whatever_is_left_out_is_noticed(left_out: str) -> None:
    assert contents.lacking([name for name in WHOLE if name != left_out])


def test_torch_and_its_kin_are_found_by_folder_and_by_extension_module() -> None:
    unwelcome = ("torch/lib/libtorch_cpu.so", "fitz.cpython-311-x86_64-linux-gnu.so", "scipy-1.17.1.dist-info/METADATA")
    assert contents.unwelcome([*unwelcome, "numpy/core.so", "tokenizers/tokenizers.abi3.so"]) == unwelcome


@pytest.mark.parametrize(
    "target",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/imageformats/libqjpeg.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/lib/libQt6Widgets.so.6",
        "PySide6/Qt/lib/libQt6XcbQpa.so.6",
        "libpython3.11.so.1.0",
        "pymupdf/libmupdf.so.28.5",
    ],
)
def test_what_the_window_and_the_children_use_belongs(target: str) -> None:
    assert contents.belongs(target)


@pytest.mark.parametrize(
    "target",
    [
        "PySide6/Qt/plugins/platforms/libqvnc.so",
        "PySide6/Qt/plugins/imageformats/libqpdf.so",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/lib/libQt6Network.so.6",
        "PySide6/Qt/lib/libQt6Qml.so.6",
        "PySide6/QtNetwork.abi3.so",
        "PySide6/Qt/translations/qt_help_de.qm",
        "pymupdf/layout/onnx/model.onnx",
        "pymupdf/mupdf-devel/include/mupdf/fitz.h",
    ],
)
def test_what_nobody_uses_stays_out(target: str) -> None:
    assert not contents.belongs(target)


def test_a_child_that_greets_is_told_from_one_that_breaks() -> None:
    from engine.wire import Envelope, Hello

    assert contents.greets(msgspec.json.encode(Envelope(id=0, body=Hello(role="reader", protocol=1))))
    assert not contents.greets(b"[PYI-4242:ERROR] Failed to execute script 'start_reader' due to unhandled exception!")
    assert not contents.greets(b"")


def test_a_child_that_can_not_be_started_says_why(tmp_path: Path) -> None:
    assert b"No such file" in build_bundle.first_words(tmp_path / "nothing", tmp_path)


def test_a_library_under_three_names_becomes_one_file_with_links(tmp_path: Path) -> None:
    for name in ("libllama.so", "libllama.so.0", "libllama.so.0.5.0"):
        (tmp_path / name).write_bytes(b"library")
    (tmp_path / "libggml.so").write_bytes(b"another")
    assert build_bundle.one_copy_per_library(tmp_path) == 2 * len(b"library")
    assert (tmp_path / "libllama.so.0").is_symlink()
    assert (tmp_path / "libllama.so.0").read_bytes() == b"library"
    assert not (tmp_path / "libllama.so").is_symlink()


@pytest.mark.parametrize("name", ["LICENSE", "LICENSE.txt", "LICENCE.rst", "COPYING", "NOTICE", "ThirdPartyNotices.txt", "licenses/AUTHORS.md"])
def test_licences_are_recognised(name: str) -> None:
    assert contents.is_licence(name)


@pytest.mark.parametrize("name", ["METADATA", "licensing_server.py", "model.onnx"])
def test_other_files_are_no_licences(name: str) -> None:
    assert not contents.is_licence(name)


def test_the_licences_of_what_is_shipped_are_found() -> None:
    found = {target.split("/")[3] for target in build_bundle.licence_files()}
    assert {"numpy", "onnxruntime", "msgspec", "pymupdf"} <= found
    assert all(path.is_file() for path in build_bundle.licence_files().values())


def test_a_module_of_ours_that_is_missing_is_found_among_the_warnings() -> None:
    warnings = "missing module named winreg - imported by platform\nmissing module named 'engine.gone' - imported by engine.brain (top-level)\n"
    assert contents.missing_of_ours(warnings) == ("engine.gone",)


DUMP = """
libQt6Gui.so.6:     file format elf64-x86-64

Dynamic Section:
  NEEDED               libQt6Core.so.6
  NEEDED               libz.so.1
  SONAME               libQt6Gui.so.6

/a/b/libpango-1.0.so.0:     file format elf64-x86-64

Dynamic Section:
  NEEDED               libglib-2.0.so.0
"""


def test_what_a_library_asks_for_is_read_from_objdump() -> None:
    assert contents.needed_by_file(DUMP) == {"libQt6Gui.so.6": ("libQt6Core.so.6", "libz.so.1"), "/a/b/libpango-1.0.so.0": ("libglib-2.0.so.0",)}


def test_libraries_of_a_plugin_that_was_left_out_go_and_those_in_use_stay() -> None:
    needed = {
        "QtGui.abi3.so": ("libQt6Gui.so.6",),
        "libQt6Gui.so.6": ("libQt6Core.so.6", "libz.so.1"),
        "libQt6Core.so.6": ("libz.so.1",),
        "libz.so.1": (),
        "libpango-1.0.so.0": ("libglib-2.0.so.0",),
        "libglib-2.0.so.0": ("libpango-1.0.so.0",),
    }
    loose = [name for name in needed if name != "QtGui.abi3.so"]
    assert contents.nobody_needs(needed, loose) == {"libpango-1.0.so.0", "libglib-2.0.so.0"}


def test_only_our_rooms_are_analysed(tmp_path: Path) -> None:
    root = tmp_path / "root"
    for folder in (*build_bundle.ROOMS, "packaging", "tests"):
        (root / folder).mkdir(parents=True)
        (root / folder / "__init__.py").touch()
    (root / "main.py").touch()
    copied = build_bundle.copied_rooms(root, tmp_path / "rooms")
    assert sorted(path.name for path in copied.iterdir()) == ["desktop", "engine", "main.py", "models"]
