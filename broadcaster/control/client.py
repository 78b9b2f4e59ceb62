"""Asks the daemon of a station from another process, with what is soon loaded."""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from typing import Any, NoReturn

from broadcaster.clock import rest_until
from broadcaster.control.door import ADDRESS, LOOPBACK, SOCKET
from broadcaster.errors import DeviceError, Refusal, UserError, problem_from_json, why
from broadcaster.messages import from_json, msg

PATIENCE = 60.0
"""Seconds for an answer: a text may have to be spoken first. A stream's heartbeat is within it."""
AGAIN = 0.1
TRIES = 100
"""For as long as callers who are slow may take up all room."""
DATA = b"data: "
DEAF = msg("does not answer")


class NoDaemonError(DeviceError):
    """Nobody answers for this station."""

    def __init__(self, folder: Path) -> None:
        what = msg("no daemon runs this station; broadcaster run starts it")
        super().__init__(str(folder), what)


class Client:
    """The daemon of a station folder."""

    def __init__(self, folder: Path) -> None:
        self._given = folder
        self._folder = folder.resolve()

    def read(self, path: str) -> Any:
        """Give what is told; raises DeviceError, NoDaemonError."""
        with self._asked("GET", path, None) as response:
            return _heard(response)

    def act(self, path: str, **order: Any) -> Any:
        """Have something done, and give what came of it; raises UserError, Refusal, DeviceError."""
        with self._asked("POST", path, order) as response:
            return _heard(response)

    @contextlib.contextmanager
    def following(self) -> Iterator[Iterator[Any]]:
        """Give what changes from now on, until the daemon ends; raises as `read` does."""
        with self._asked("GET", "/v1/events", None) as response:
            if response.status != HTTPStatus.OK:
                _heard(response)
            yield _changes(response)

    @contextlib.contextmanager
    def _asked(self, method: str, path: str, order: Any) -> Iterator[HTTPResponse]:
        for _ in range(TRIES):
            connection = self._connection()
            with contextlib.closing(connection):
                response = self._answer(connection, method, path, order)
                if response is not None:
                    with response:
                        yield response
                    return
            rest_until(rest_until(0.0) + AGAIN)
        raise DeviceError("daemon", DEAF)

    def _connection(self) -> _Connection:
        path = self._folder / SOCKET
        if path.exists():
            return _Connection(path=path)
        try:
            told = json.loads((self._folder / ADDRESS).read_bytes())
            return _Connection(port=told["port"], token=told["token"])
        except FileNotFoundError:
            raise NoDaemonError(self._given) from None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise _unreached(error) from None

    def _answer(
        self, connection: _Connection, method: str, path: str, order: Any
    ) -> HTTPResponse | None:
        """Ask once; None where too many ask."""
        taken = False
        try:
            taken = connection.ask(method, path, order)
            response = connection.getresponse()
        except BlockingIOError:  # as many wait as the system keeps
            return None
        except (FileNotFoundError, ConnectionRefusedError):
            raise NoDaemonError(self._given) from None
        except TimeoutError:
            raise DeviceError("daemon", DEAF) from None
        except (OSError, HTTPException) as error:
            if isinstance(error, ConnectionError) and not taken:
                return None
            raise _unreached(error) from None
        return None if response.status == HTTPStatus.SERVICE_UNAVAILABLE else response


class _Connection(HTTPConnection):
    """A connection to one daemon, by its socket or by its port and token."""

    def __init__(self, path: Path | None = None, port: int | None = None, token: str = "") -> None:
        super().__init__(LOOPBACK, port, timeout=PATIENCE)
        self._path = path
        self._token = token

    def connect(self) -> None:
        """Open it; raises OSError."""
        if self._path is None:
            super().connect()
            return
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(PATIENCE)
        self.sock.connect(str(self._path))

    def ask(self, method: str, path: str, order: Any) -> bool:
        """Send a request, and tell whether it was taken; raises OSError where nobody is there."""
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        if method == "POST":
            headers["Content-Type"] = "application/json"
        try:
            self.request(method, path, json.dumps(order) if order else None, headers)
        except (BrokenPipeError, ConnectionResetError):
            # Turned away before it was heard; the reason may be there to be read.
            return False
        return True


def _heard(response: HTTPResponse) -> Any:
    try:
        told = json.loads(response.read())
        if response.status == HTTPStatus.OK:
            return told
        _refuse(told["error"])
    except (OSError, HTTPException, ValueError, KeyError, TypeError) as error:
        raise _unreached(error) from None


def _refuse(error: Mapping[str, Any]) -> NoReturn:
    message = from_json(error["message_kept"])
    if error["problems"]:
        raise UserError(map(problem_from_json, error["problems"]))
    if error["code"] == "refused":
        raise Refusal(message)
    raise DeviceError(error.get("device", "daemon"), message)


def _changes(response: HTTPResponse) -> Iterator[Any]:
    # However it ends, the daemon has no more to tell.
    with contextlib.suppress(OSError, HTTPException, ValueError):
        for line in response:
            if line.startswith(DATA):
                yield json.loads(line[len(DATA) :])


def _unreached(error: Exception) -> DeviceError:
    said = why(error) if isinstance(error, OSError) else msg("{error}", error=str(error))
    return DeviceError("daemon", msg("can't be reached: {why}", why=said))
