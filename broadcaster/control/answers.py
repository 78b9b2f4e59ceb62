"""What is answered, and what where a request is not obeyed."""

from __future__ import annotations

import json
from typing import Any

from broadcaster.errors import DeviceError, Refusal, UserError, problem_json
from broadcaster.messages import Message, msg, to_json

FAILED = msg("the daemon failed at this; its log says more")


class ApiError(Exception):
    """A request that is wrong as such, whatever the desk would say to it."""

    def __init__(self, status: int, code: str, message: Message) -> None:
        self.status = status
        self.code = code
        self.message = message
        super().__init__(str(message))


def written(told: Any) -> bytes:
    """Write JSON on one line; half a character, as a file's name may have, is left out."""
    return json.dumps(told, ensure_ascii=False, allow_nan=False).encode(errors="replace")


def answer_to(error: Exception) -> tuple[int, bytes]:
    """Give the HTTP status and the JSON that tell of an error."""
    match error:
        case ApiError():
            return error.status, _told(error.code, error.message)
        case UserError():
            problems = [problem_json(each) for each in error.problems]
            return 422, _told("problems", msg("{error}", error=str(error)), problems=problems)
        case Refusal():
            return 409, _told("refused", error.message)
        case DeviceError():
            return 502, _told("device-failed", error.message, device=error.device)
        case _:
            return 500, _told("failed", FAILED)


def _told(code: str, message: Message, **more: Any) -> bytes:
    told = {"code": code, "message": str(message), "message_kept": to_json(message)}
    return written({"error": told | {"problems": []} | more})
