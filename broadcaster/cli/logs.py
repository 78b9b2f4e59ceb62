"""What the daemon says of itself: read on a terminal or in the journal, kept as JSON lines."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from logging.handlers import QueueHandler, QueueListener, RotatingFileHandler
from pathlib import Path
from typing import Any, TextIO

from broadcaster.errors import DeviceError, Problem, Refusal, why
from broadcaster.messages import Message, joined, msg, plural, to_json, tr

FILE = Path("log", "broadcaster.jsonl")
"""In var/."""
LARGEST, OLDER = 2_000_000, 4
"""Bytes of a file, and how many that are full are kept beside the present one."""
WAITING = 10_000
"""Records that wait for a slow disk or a terminal that was stopped; what comes then is lost."""
PATIENCE = 2.0
"""Seconds that what waits still has when the daemon ends."""

_LEVELS = {
    logging.WARNING: (msg("warning"), "33", 4),
    logging.ERROR: (msg("error"), "31", 3),
    logging.CRITICAL: (msg("error"), "31", 2),
}
"""The word, the terminal's colour and the journal's priority of what is more than news."""
_NEWS = 6

_OWN = {*logging.makeLogRecord({}).__dict__, "message", "asctime"}

logger = logging.getLogger(__name__)


@contextlib.contextmanager
def keeping(var: Path, zone: tzinfo) -> Iterator[None]:
    """Show all records on stderr and keep them in var/log, from a thread: nobody waits for it."""
    root, waiting, shown = logging.getLogger(), _Waiting(), _Shown(zone)
    listener = _Listener(waiting.queue, shown, _Kept(var / FILE, zone, shown))
    root.addHandler(waiting)
    root.setLevel(logging.INFO)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    listener.start()
    try:
        yield
    except Exception as error:
        if not isinstance(error, (DeviceError, Refusal)):
            logger.critical(msg("the daemon failed"), exc_info=True, extra={"action": "failed"})
        raise
    finally:
        root.removeHandler(waiting)
        listener.stop()


def message(said: object) -> Message | None:
    """Give what a record says in a form that can be translated; None for what others wrote."""
    match said:
        case Message():
            return said
        case DeviceError():
            return joined(said.device, said.message)
        case Refusal():
            return said.message
        case Problem():
            where = said.file if said.line is None else f"{said.file}:{said.line}"
            text = joined(where, said.key or None, said.message)
            return msg("{text}; {hint}", text=text, hint=said.hint) if said.hint else text
    return None


class _Waiting(QueueHandler):
    """Hands records over as they are; what a full queue can't take is counted."""

    def __init__(self) -> None:
        super().__init__(queue.Queue(WAITING))
        self._lost = 0

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        return record

    def enqueue(self, record: logging.LogRecord) -> None:
        try:
            if self._lost:
                self.queue.put_nowait(_lost(self._lost))
                self._lost = 0
            self.queue.put_nowait(record)
        except queue.Full:
            self._lost += 1


def _lost(count: int) -> logging.LogRecord:
    said = plural(
        count, msg("a record was lost here"), msg("{count} records were lost here", count=count)
    )
    return _record(logging.WARNING, said, "records-lost")


def _record(level: int, said: Message, action: str) -> logging.LogRecord:
    """Make one of our own, which goes past the queue."""
    return logger.makeRecord(
        logger.name, level, __file__, 0, said, (), None, extra={"action": action}
    )


class _Listener(QueueListener):
    queue: queue.Queue[logging.LogRecord | None]

    def stop(self) -> None:
        """Wait for what is still to be written, but not for ever."""
        with contextlib.suppress(queue.Full):
            self.queue.put(None, timeout=PATIENCE)
        if self._thread is not None:
            self._thread.join(PATIENCE)
            if not self._thread.is_alive():
                for each in self.handlers:
                    each.close()


class _Shown(logging.StreamHandler[TextIO]):
    """Writes to stderr, in the reader's language."""

    def __init__(self, zone: tzinfo) -> None:
        super().__init__(sys.stderr)
        self._zone = zone
        self._journal = _is_journal(sys.stderr)
        self._coloured = sys.stderr.isatty() and not os.environ.get("NO_COLOR")

    def format(self, record: logging.LogRecord) -> str:
        said = message(record.msg)
        text = tr(said) if said else record.getMessage()
        word, colour, priority = _LEVELS.get(record.levelno, (None, "", _NEWS))
        if record.exc_info:
            text += "\n" + _traceback(record)
        if self._journal:  # which has the time itself, and a priority for every line
            return "\n".join(f"<{priority}>{line}" for line in text.splitlines())
        if word:
            text = f"{tr(word)}: {text}"
        if colour and self._coloured:
            text = f"\x1b[{colour}m{text}\x1b[0m"
        return f"{_at(record, self._zone):%Y-%m-%d %H:%M:%S} {text}"

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Go on: there is nowhere to say that stderr is gone."""


def _is_journal(stream: TextIO) -> bool:
    try:
        there = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return False
    return os.environ.get("JOURNAL_STREAM") == f"{there.st_dev}:{there.st_ino}"


class _Kept(RotatingFileHandler):
    """Keeps records as JSON, a line each; says once that it can't, and tries again each time."""

    def __init__(self, path: Path, zone: tzinfo, shown: logging.Handler) -> None:
        super().__init__(path, maxBytes=LARGEST, backupCount=OLDER, encoding="utf-8", delay=True)
        self._zone = zone
        self._shown = shown
        self._fault: Exception | None = None

    def _open(self) -> Any:
        path = Path(self.baseFilename)
        path.parent.mkdir(parents=True, exist_ok=True)
        torn = _is_torn(path)
        stream = super()._open()
        if torn:
            stream.write("\n")
        return stream

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(_fields(record, self._zone), ensure_ascii=False, default=_plain)

    def emit(self, record: logging.LogRecord) -> None:
        before, self._fault = self._fault, None
        super().emit(record)
        self._tell(before)

    def _tell(self, before: Exception | None) -> None:
        """Say when it begins to fail, and when it is over."""
        if self._fault and not before:
            said = msg("the technical log can't be written: {why}", why=_reason(self._fault))
            self._shown.handle(_record(logging.WARNING, said, "log-failed"))
        elif before and not self._fault:
            said = msg("the technical log is written again")
            self.handle(again := _record(logging.INFO, said, "log-written"))
            self._shown.handle(again)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Remember why, and open the file anew next time: a full disk may have torn a line."""
        del record
        fault = sys.exc_info()[1]
        self._fault = fault if isinstance(fault, Exception) else None
        with contextlib.suppress(OSError):
            self.close()
        self.stream = None


def _is_torn(path: Path) -> bool:
    """Tell whether a power cut or a full disk left a line without its end."""
    if not path.is_file() or not path.stat().st_size:
        return False
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read() != b"\n"


def _reason(fault: Exception) -> Message | str:
    return why(fault) if isinstance(fault, OSError) else repr(fault)


def _fields(record: logging.LogRecord, zone: tzinfo) -> Mapping[str, Any]:
    """Give a record as JSON: English, and what its text was made of."""
    said = message(record.msg)
    more = {key: value for key, value in record.__dict__.items() if key not in _OWN}
    fields = {
        "at": _at(record, zone).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "action": more.pop("action", None),
        "text": str(said) if said else record.getMessage(),
    }
    if said:
        fields["message"] = to_json(said)
    if record.exc_info:
        fields["traceback"] = _traceback(record)
    return fields | {"logger": record.name} | more


def _plain(value: object) -> object:
    return to_json(value) if isinstance(value, Message) else str(value)


def _traceback(record: logging.LogRecord) -> str:
    return logging.Formatter().formatException(record.exc_info) if record.exc_info else ""


def _at(record: logging.LogRecord, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(record.created, zone)
