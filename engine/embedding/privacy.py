"""Keeping onnxruntime quiet: its official builds report to their maker over the network unless told not to."""

from __future__ import annotations

import os


def forbid_telemetry() -> None:
    """Call before onnxruntime is imported: no events, no uploader, no device id on disk (Privacy.md of onnxruntime 1.32).

    The function `disable_telemetry_events` of its interface comes too late: a first event is made when it is imported.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
