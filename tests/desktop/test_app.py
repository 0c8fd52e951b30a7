"""The window as a program: what it loads, when it starts the engine, and how its start is timed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GIANTS = ("torch", "llama_cpp", "pymupdf", "fitz", "hnswlib", "numpy", "onnxruntime", "onnx", "transformers", "sentence_transformers", "tokenizers")
LATE_DIALOGS = (
    *("desktop.models_panel", "desktop.settings_dialog", "desktop.watched_dialog", "desktop.transfer_dialog", "desktop.choosing"),
    "desktop.hit_test_dialog",
)
LATE = ("pygments", "markdown_it", "html", "desktop.page_view", "desktop.library_filter", "desktop.chat.formulas", *LATE_DIALOGS)
"""What the first frame need not wait for either."""


def run_python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh interpreter, as the window is run."""
    return subprocess.run(
        (sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{code}"),
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
        check=False,
    )


def test_importing_the_window_loads_no_giant() -> None:
    done = run_python(f"import desktop.app\nprint([name for name in {GIANTS + LATE!r} if name in sys.modules])")
    assert done.stdout.strip() == "[]", done.stderr


def test_the_first_frame_loads_no_giant_and_starts_no_engine_before_it(tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
from desktop.app import make_application, make_window
from desktop.engine_client import EngineClient
application = make_application()
client = EngineClient(command=("/nonexistent",), log=None)
window = make_window(home=Path({str(tmp_path)!r}), client=client)
def look():
    print([name for name in {GIANTS + LATE!r} if name in sys.modules], client.process_id, window.isVisible())
    application.quit()
window.first_frame.connect(look)
window.show()
application.exec()
"""
    done = run_python(code)
    assert done.stdout.strip() == "[] 0 True", done.stderr


def test_the_program_says_when_it_takes_input_and_ends_when_it_is_timed(tmp_path: Path) -> None:
    code = f"from desktop.app import run\nsys.exit(run((), {str(tmp_path)!r}))"
    done = run_python(code, BYTEBRAIN_BENCH_WINDOW="1")
    assert (done.returncode, "ready" in done.stderr.splitlines()) == (0, True), done.stderr
    assert not (tmp_path / "library.db").exists()


def test_a_bug_in_the_window_is_shown_and_the_window_stays(tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
from PySide6.QtCore import QTimer
from desktop.app import make_application, make_window, report_bugs
from desktop.engine_client import EngineClient
application = make_application()
window = make_window(home=Path({str(tmp_path)!r}), client=EngineClient(command=("/nonexistent",), log=None))
report_bugs(window)
def stumble():
    QTimer.singleShot(0, window, lambda: (print([bar.notice.code for bar in window.notices.shown()], window.isVisible()), application.quit()))
    raise ValueError("a bug")
window.first_frame.connect(stumble)
window.show()
application.exec()
"""
    done = run_python(code)
    assert done.stdout.strip() == "['bug'] True"
    assert "ValueError: a bug" in done.stderr
