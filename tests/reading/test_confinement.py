"""What the reader gives up before it opens a stranger's document."""

from __future__ import annotations

import platform
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from engine.children import Child
from engine.reading.confinement import filter_program
from engine.reading.messages import Examine, Examined

KNOWS_FILTERS = sys.platform == "linux" and platform.machine() in ("x86_64", "aarch64") and Path("/proc/sys/kernel/seccomp").exists()

only_where_filters_are = pytest.mark.skipif(not KNOWS_FILTERS, reason="this system knows no such filter")


def refused_by(program: bytes, *, architecture: int, number: int) -> bool:
    """What the kernel would make of a call: a reading of the filter, instruction by instruction."""
    instructions = [struct.unpack_from("=HBBI", program, 8 * index) for index in range(len(program) // 8)]
    place, loaded = 0, 0
    while True:
        code, if_so, if_not, constant = instructions[place]
        place += 1
        if code == 0x06:
            return bool(constant != 0x7FFF0000)
        if code == 0x20:
            loaded = {0: number, 4: architecture}[constant]
        else:
            holds = loaded == constant if code == 0x15 else loaded >= constant
            place += if_so if holds else if_not


def test_the_filter_refuses_what_it_names_and_nothing_else() -> None:
    program = filter_program([41, 59, 322], 0xC000003E)
    refused = [number for number in range(400) if refused_by(program, architecture=0xC000003E, number=number)]
    assert refused == [41, 59, 322]
    assert refused_by(program, architecture=0x40000003, number=1)  # the numbers of another machine
    assert refused_by(program, architecture=0xC000003E, number=0x40000000 + 41)


@only_where_filters_are
def test_after_it_no_thread_opens_a_socket_or_starts_a_program_and_files_are_still_read() -> None:
    program = """
import subprocess, threading
waiting, refused = threading.Event(), []

def attempt():
    waiting.wait()
    import _socket
    for call in (_socket.socket, lambda: subprocess.run(["true"])):
        try:
            call()
        except PermissionError:
            refused.append(call)

thread = threading.Thread(target=attempt)
thread.start()
from engine.reading.confinement import confine
held = confine()
waiting.set()
thread.join()
attempt()
print("no sockets and no other programs" in held, len(refused), len(open(__import__("os").__file__).read()) > 1000)
"""
    done = subprocess.run([sys.executable, "-P", "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert done.stdout.split() == ["True", "4", "True"]


@pytest.mark.real
def test_the_reader_says_which_protections_hold_and_the_kernel_agrees(reader: Child) -> None:
    examined = reader.ask_once(Examine())
    assert isinstance(examined, Examined)
    if sys.platform != "win32":
        assert "no core dumps" in examined.protections
    if KNOWS_FILTERS:
        assert "no sockets and no other programs" in examined.protections
        status = Path(f"/proc/{reader.pid}/status").read_text()
        assert "Seccomp:\t2" in status
        assert "NoNewPrivs:\t1" in status
