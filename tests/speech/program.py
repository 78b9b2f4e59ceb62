"""A speech program to test with: a tone as long as the text on stdin would take to speak.

`program.py OUT [VOICE] [WHAT]`, WHAT being something that it does wrong.
"""

from __future__ import annotations

import array
import math
import pathlib
import signal
import sys
import wave

RATE = 16_000


def main(out: str, voice: str = "vi", what: str = "") -> None:
    text = sys.stdin.buffer.read()
    with pathlib.Path("heard.txt").open("ab") as heard:
        heard.write(text + b"\n")
    match what:
        case "hang":
            signal.pause()
        case "fail":
            print("speaking")
            sys.exit("out of memory")
        case "nothing":
            return
        case "rubbish":
            pathlib.Path(out).write_text("<html>Not Found</html>" * 100)
        case "silence":
            write(out, text, 0)
        case "endless":
            write(out, text * 30, 200)
        case "half":
            write(out, text, 200)
            whole = pathlib.Path(out).read_bytes()
            pathlib.Path(out).write_bytes(whole[: len(whole) // 2])
        case _:
            write(out, text, 100 * len(voice))


def write(out: str, text: bytes, pitch: float) -> None:
    from broadcaster.speech.estimate import estimate

    tone = (round(8_000 * math.sin(math.tau * pitch * at / RATE)) for at in range(RATE))
    second = array.array("h", tone)
    count = round(estimate([text.decode()]) * RATE)
    with wave.open(out, "wb") as file:
        # Two channels, as some programs write.
        file.setparams((2, 2, RATE, 0, "NONE", ""))
        for at in range(0, count, RATE):
            part = second[: min(RATE, count - at)]
            file.writeframes(array.array("h", [x for s in part for x in (s, s)]).tobytes())


if __name__ == "__main__":
    main(*sys.argv[1:])
