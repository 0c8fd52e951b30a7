"""What the window's tests share: the scripted engine's command."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("scripted_engine.py")


@pytest.fixture
def engine_for(tmp_path: Path) -> Callable[..., tuple[str, ...]]:
    """Makes the command of a scripted engine: `engine_for(scene="held")`; its home is `tmp_path / "home"`."""
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)

    def command(scene: str = "sample", *more: str) -> tuple[str, ...]:
        return (sys.executable, str(SCRIPT), "--home", str(home), "--scene", scene, *more)

    return command
