"""What the system lacks, and the one command that brings it."""

from __future__ import annotations

from pathlib import Path

import pytest
from system_needs import Need, apt_commands, library_loads, missing, one_command, to_build_and_run, to_test

PRESENT = Need("a compiler", "gcc", lambda: True)
ABSENT = Need("libEGL.so.1", "libegl1", lambda: False)
ALSO_ABSENT = Need("a font for Chinese", "fonts-noto-cjk", lambda: False, essential=False)


def test_only_what_is_not_there_is_missing() -> None:
    assert missing([PRESENT, ABSENT, ALSO_ABSENT]) == (ABSENT, ALSO_ABSENT)


def test_one_command_brings_everything_on_debian() -> None:
    wanted = "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends libegl1 fonts-noto-cjk'"
    assert one_command([ABSENT, ALSO_ABSENT], apt=True, dnf=False) == wanted


def test_fedora_finds_a_library_by_its_file_name() -> None:
    assert one_command([ABSENT], apt=False, dnf=True) == "sudo dnf install 'libEGL.so.1()(64bit)'"


def test_elsewhere_the_missing_things_are_named() -> None:
    assert "libEGL.so.1" in one_command([ABSENT], apt=False, dnf=False)


def test_a_package_that_brings_two_things_is_asked_for_once() -> None:
    assert apt_commands([ABSENT, ABSENT])[1][-1] == "libegl1"
    assert apt_commands([ABSENT, ABSENT])[1].count("libegl1") == 1


def test_python_parts_are_asked_for_in_the_version_that_runs() -> None:
    packages = [need.package for need in to_build_and_run((3, 12))]
    assert "python3.12-venv" in packages
    assert "python3.12-dev" in packages


def test_a_machine_with_a_display_needs_no_virtual_one() -> None:
    assert to_test(display=True) == ()
    assert "xvfb" in [need.package for need in to_test(display=False)]


def test_a_library_that_does_not_exist_does_not_load() -> None:
    assert not library_loads("libbytebrain-nowhere.so.7")


def test_the_data_of_text_recognition_is_wanted_but_not_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needs = {need.package: need for need in to_build_and_run((3, 12))}
    assert not needs["tesseract-ocr-eng"].essential
    assert not needs["tesseract-ocr-chi-sim"].essential
    (tmp_path / "chi_sim.traineddata").write_bytes(b"data")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert needs["tesseract-ocr-chi-sim"].present()
