"""A small ctypes binding of espeak-ng's speak_lib.h, one text at a time. For child processes."""

from __future__ import annotations

import ctypes
import itertools
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass

from broadcaster.speech.library import Library

SYNCHRONOUS = 2
"""espeak_AUDIO_OUTPUT: sound goes to the callback, and Synth returns after its last block."""
DONT_EXIT = 0x8000
CHARS_UTF8 = 1
POSITION_CHARACTER = 1
RATE, VOLUME = 1, 2
BLOCK_MS = 500
LONGEST_DATA_PATH = 120
"""espeak-ng cuts a longer one off at 160 bytes, its own voices' names included."""

Sink = Callable[[bytes], None]
_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


class _Voice(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_void_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("xx1", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice as espeak-ng lists it."""

    language: str
    """What it is called by: vi, vi-vn-x-south."""
    name: str
    identifier: str


class SpeechError(Exception):
    """espeak-ng refused."""


class EspeakNg:
    """The library, loaded; a process may do so once."""

    def __init__(self, library: Library) -> None:
        self._lib = ctypes.CDLL(str(library.path))
        self._declare()
        self.rate: int = self._lib.espeak_Initialize(
            SYNCHRONOUS, BLOCK_MS, _data_path(library), DONT_EXIT
        )
        if self.rate <= 0:
            raise SpeechError(f"espeak-ng's voices can't be read: {library.data}")
        self._speaking = threading.Lock()
        self._sink: Sink | None = None
        self._failure: BaseException | None = None
        # The library keeps only the address: the object must not be collected.
        self._callback = _CALLBACK(self._block)
        self._lib.espeak_SetSynthCallback(self._callback)

    def voices(self) -> tuple[Voice, ...]:
        """Give the voices there are."""
        listed = self._lib.espeak_ListVoices(None)
        return tuple(_voice(one.contents) for one in itertools.takewhile(bool, listed))

    def choose(self, voice: Voice) -> None:
        """Speak with this voice from now on."""
        if self._lib.espeak_SetVoiceByName(voice.language.encode()) != 0:
            raise SpeechError(f"espeak-ng can't load its voice {voice.language}")

    def set(self, parameter: int, value: int) -> None:
        """Set RATE (words a minute) or VOLUME (percent)."""
        if self._lib.espeak_SetParameter(parameter, value, 0) != 0:
            raise SpeechError(f"espeak-ng refuses {value} for its parameter {parameter}")

    def get(self, parameter: int) -> int:
        """Give RATE or VOLUME."""
        return int(self._lib.espeak_GetParameter(parameter, 1))

    def speak(self, text: str, sink: Sink) -> None:
        """Give all of a text's sound to `sink`, 16-bit mono PCM in blocks."""
        # A NUL would end the text for C.
        data = text.replace("\0", " ").encode()
        with self._speaking:
            self._sink, self._failure = sink, None
            code = self._lib.espeak_Synth(
                data, len(data) + 1, 0, POSITION_CHARACTER, 0, CHARS_UTF8, None, None
            )
            self._sink = None
            if self._failure is not None:
                raise self._failure
        if code != 0:
            raise SpeechError(f"espeak-ng failed on a text (code {code})")

    def _block(self, samples: object, count: int, _events: object) -> int:
        if count <= 0 or not samples or self._sink is None:
            return 0
        try:
            self._sink(ctypes.string_at(samples, count * 2))  # type: ignore[arg-type]
        except BaseException as failure:  # noqa: BLE001 - an exception can't cross C; it is raised after
            self._failure = failure
            return 1
        return 0

    def _declare(self) -> None:
        lib, text, number = self._lib, ctypes.c_char_p, ctypes.c_int
        lib.espeak_Initialize.argtypes = (number, number, text, number)
        lib.espeak_SetSynthCallback.argtypes = (_CALLBACK,)
        lib.espeak_SetSynthCallback.restype = None
        lib.espeak_ListVoices.argtypes = (ctypes.c_void_p,)
        lib.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_Voice))
        lib.espeak_SetVoiceByName.argtypes = (text,)
        lib.espeak_SetParameter.argtypes = (number, number, number)
        lib.espeak_GetParameter.argtypes = (number, number)
        lib.espeak_Synth.argtypes = (
            text, ctypes.c_size_t, ctypes.c_uint, number, ctypes.c_uint, ctypes.c_uint,
            ctypes.c_void_p, ctypes.c_void_p,
        )  # fmt: skip


def _voice(said: _Voice) -> Voice:
    # A byte of priority comes before the first language's name.
    language = ctypes.string_at(said.languages + 1).decode()
    return Voice(language, said.name.decode(), said.identifier.decode())


def _data_path(library: Library) -> bytes | None:
    if library.data is None:
        return None
    parent = os.fsencode(library.data.parent)
    if len(parent) <= LONGEST_DATA_PATH:
        return parent
    # Kept open for as long as the process lives: a short name for a long one.
    return b"/proc/self/fd/%d" % os.open(parent, os.O_RDONLY | os.O_DIRECTORY)
