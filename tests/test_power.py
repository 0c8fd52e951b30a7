"""What the system says about mains and battery, and who keeps the machine awake."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from engine.power import SystemPower, on_battery_linux


def supply(folder: Path, name: str, **lines: str) -> None:
    """A power supply as the kernel shows it."""
    (folder / name).mkdir(parents=True)
    for file, line in lines.items():
        (folder / name / file).write_text(line + "\n")


def test_a_computer_without_a_battery_cannot_run_on_one(tmp_path: Path) -> None:
    assert on_battery_linux(tmp_path) is None
    supply(tmp_path, "AC", type="Mains", online="1")
    supply(tmp_path, "hidpp_battery_0", type="Battery", scope="Device", status="Discharging")
    assert on_battery_linux(tmp_path) is None


@pytest.mark.parametrize(
    ("online", "status", "expected"), [("0", "Discharging", True), ("1", "Charging", False), ("1", "Discharging", False), ("0", "Not charging", False)]
)
def test_a_laptop_runs_on_battery_when_it_discharges_and_no_charger_is_there(tmp_path: Path, online: str, status: str, expected: bool) -> None:
    supply(tmp_path, "AC", type="Mains", online=online)
    supply(tmp_path, "BAT0", type="Battery", status=status)
    assert on_battery_linux(tmp_path) is expected


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps awake by a thread, not by a program")
def test_what_keeps_the_machine_awake_ends_when_it_is_let_go_and_by_itself_when_we_die(tmp_path: Path) -> None:
    note = tmp_path / "note"
    script = f"import sys; open({str(note)!r}, 'w').write('awake'); sys.stdin.read(); open({str(note)!r}, 'w').write('asleep')"
    awake = SystemPower(supplies=tmp_path, keepers=((sys.executable, "-c", script),)).keep_awake()
    assert awake is not None
    awake.release()  # closes its input, as the end of this process would
    assert note.read_text() == "asleep"


def test_where_nothing_can_keep_the_machine_awake_nothing_happens(tmp_path: Path) -> None:
    power = SystemPower(supplies=tmp_path, keepers=(("/nonexistent/keeper",),))
    if sys.platform != "win32":
        assert power.keep_awake() is None
        assert power.keeper() is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps awake by a thread, not by a program")
def test_a_keeper_that_fails_at_once_is_let_go_like_any_other(tmp_path: Path) -> None:
    power = SystemPower(supplies=tmp_path, keepers=((sys.executable, "-c", "raise SystemExit(1)"),))
    assert power.keeper() is None
    awake = power.keep_awake()
    assert awake is not None
    awake.release()
