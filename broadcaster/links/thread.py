"""Threads for calls that may never return."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


async def in_thread(call: Callable[[], T], unwanted: Callable[[T], object] = lambda _: None) -> T:
    """Run a call in a thread of its own: those that hang keep nobody else's from running.

    Nor is the thread waited for when the process ends. Where we are cancelled meanwhile, its
    result is given to `unwanted`, in that thread.
    """
    done: Future[T] = Future()
    done.set_running_or_notify_cancel()
    threading.Thread(target=_run, args=(call, done), daemon=True).start()
    try:
        return await asyncio.wrap_future(done)
    except asyncio.CancelledError:
        done.add_done_callback(lambda late: late.exception() or unwanted(late.result()))
        raise


def _run(call: Callable[[], T], done: Future[T]) -> None:
    try:
        result = call()
    except Exception as error:  # noqa: BLE001 - raised where the result is waited for
        done.set_exception(error)
    else:
        done.set_result(result)
