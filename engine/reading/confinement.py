"""What the reader may not do: it opens documents that strangers made, so it gives up what reading never needs.

Limits of memory, files and dumps hold on every Unix. On Linux a filter in the kernel (seccomp) also forbids it to open a
socket, to start a program, to look into other processes and to change the system; whatever a document may bring its
libraries to do, those calls fail. Where a system knows no such thing, reading goes on without it.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import platform
import struct
import sys

MEMORY_LIMIT_BYTES = 4 * 2**30
"""Address space of the reader: ten times what the largest textbook took; a decompression bomb meets it instead of the laptop."""

FILE_LIMIT_BYTES = 512 * 2**20
"""The largest file that the reader may write: four times the largest page picture."""

OPEN_FILES = 256
"""A document, the page's picture, fonts and some pipes; what opens more leaks them."""

_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_SET_MODE_FILTER, _SECCOMP_FILTER_FLAG_TSYNC = 1, 1
_RET_ALLOW, _RET_ERRNO = 0x7FFF0000, 0x00050000
_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_NOT_LESS, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4
_X32_CALLS = 0x40000000

_FORBIDDEN = {
    # the network
    "socket": (41, 198),
    "connect": (42, 203),
    "accept": (43, 202),
    "sendto": (44, 206),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept4": (288, 242),
    "io_uring_setup": (425, 425),
    # other programs and processes
    "execve": (59, 221),
    "execveat": (322, 281),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    # the system and its keys
    "mount": (165, 40),
    "pivot_root": (155, 41),
    "unshare": (272, 97),
    "setns": (308, 268),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "open_by_handle_at": (304, 265),
    "kexec_load": (246, 104),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
}
"""System calls that fail, with their numbers on x86-64 and on arm64 (arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h)."""

_MACHINES = {"x86_64": (0, 0xC000003E, 317), "aarch64": (1, 0xC00000B7, 277)}
"""By machine: the column above, its name in linux/audit.h, and the number of the call seccomp itself."""


class _Program(ctypes.Structure):
    """struct sock_fprog of linux/filter.h."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def confine() -> tuple[str, ...]:
    """Give up what reading never needs; returns what holds now, in words for a person."""
    return (*limit_resources(), *(("no sockets and no other programs",) if forbid_calls() else ()))


def limit_resources() -> tuple[str, ...]:
    """No core dumps, bounded memory, bounded files; on systems without such limits nothing happens."""
    if sys.platform == "win32":
        return ()
    import resource

    held: list[str] = []
    for kind, limit, words in (
        (resource.RLIMIT_CORE, 0, "no core dumps"),
        (resource.RLIMIT_AS, MEMORY_LIMIT_BYTES, f"{MEMORY_LIMIT_BYTES >> 30} GiB of memory"),
        (resource.RLIMIT_FSIZE, FILE_LIMIT_BYTES, f"files of {FILE_LIMIT_BYTES >> 20} MiB"),
        (resource.RLIMIT_NOFILE, OPEN_FILES, f"{OPEN_FILES} open files"),
    ):
        with contextlib.suppress(ValueError, OSError):  # a stricter limit is in force, or the system knows no such one
            resource.setrlimit(kind, (limit, resource.getrlimit(kind)[1]))
            held.append(words)
    return tuple(held)


def forbid_calls() -> bool:
    """Forbid the calls above to all threads of this process and to its copies, for good; False where the system doesn't let us."""
    known = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or known is None or ctypes.sizeof(ctypes.c_void_p) != 8:
        return False
    column, architecture, seccomp = known
    instructions = filter_program([numbers[column] for numbers in _FORBIDDEN.values()], architecture)
    program = _Program(len(instructions) // 8, instructions)
    system = ctypes.CDLL(None, use_errno=True)
    if system.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(system.syscall(seccomp, _SECCOMP_SET_MODE_FILTER, _SECCOMP_FILTER_FLAG_TSYNC, ctypes.byref(program)) == 0)


def filter_program(forbidden: list[int], architecture: int) -> bytes:
    """The filter in the kernel's small language: refuse these calls and all that come in another machine's numbers.

    Eight bytes an instruction: what to do, how far to jump if so and if not, a constant.
    """

    def instruction(code: int, constant: int, if_so: int = 0, if_not: int = 0) -> bytes:
        return struct.pack("=HBBI", code, if_so, if_not, constant)

    checks = len(forbidden)
    return b"".join(
        (
            instruction(_LOAD, _ARCHITECTURE_AT),
            instruction(_JUMP_IF_EQUAL, architecture, 0, checks + 3),
            instruction(_LOAD, _NUMBER_AT),
            instruction(_JUMP_IF_NOT_LESS, _X32_CALLS, checks + 1, 0),
            *(instruction(_JUMP_IF_EQUAL, number, checks - index, 0) for index, number in enumerate(forbidden)),
            instruction(_RETURN, _RET_ALLOW),
            instruction(_RETURN, _RET_ERRNO | errno.EPERM),
        )
    )
