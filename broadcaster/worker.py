"""Runs what may hang, crash or weigh much in a child process: JSON in, JSON out, a deadline."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from broadcaster.errors import DeviceError
from broadcaster.messages import msg

if TYPE_CHECKING:
    from asyncio.subprocess import Process

NICENESS = 5
"""Rendering gives way to what must be on time."""


async def run(
    module: str, request: Mapping[str, Any], *, deadline: float, device: str
) -> dict[str, Any]:
    """Start `python -m module`, give it the request on stdin, return its answer.

    Raises DeviceError, named `device`, when the child fails, answers nonsense or outlives
    `deadline` seconds; it is killed then. A child reports an expected failure by answering
    `{"error": text}`.
    """
    # A child has no loop, and would wait a twelfth of a second for this.
    import asyncio

    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        out, err = await asyncio.wait_for(
            child.communicate(json.dumps(request).encode()), timeout=deadline
        )
    except TimeoutError:
        raise DeviceError(
            device, msg("gave no answer within {seconds:g} s and was stopped", seconds=deadline)
        ) from None
    finally:
        if child.returncode is None:
            _kill(child)
            await child.wait()
    return _answer(device, child.returncode, out, err)


def _kill(child: Process) -> None:
    """Kill it and what it started; it is the first of its process group."""
    with contextlib.suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()


def _answer(device: str, code: int | None, out: bytes, err: bytes) -> dict[str, Any]:
    if code != 0:
        tail = err.decode(errors="replace").strip().splitlines()[-1:] or [""]
        raise DeviceError(device, msg("failed (exit {code}): {tail}", code=code, tail=tail[0]))
    try:
        answer = json.loads(out)
    except ValueError:
        raise DeviceError(device, msg("gave an answer that can't be read")) from None
    if not isinstance(answer, dict):
        raise DeviceError(device, msg("gave an answer that can't be read"))
    if "error" in answer:
        raise DeviceError(device, msg("{error}", error=answer["error"]))
    return answer


def serve(work: Callable[[dict[str, Any]], Mapping[str, Any]]) -> None:
    """Be the child: read one request, do the work, write one answer."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    request = json.load(sys.stdin)
    # What a library prints must not end up in the answer.
    answer_to, sys.stdout = sys.stdout, sys.stderr
    json.dump(work(request), answer_to)
