"""An IP loudspeaker: FFmpeg's own RTP receiver; writes what it hears as raw 16 bit."""

from __future__ import annotations

import sys

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler


def main(description: str, seconds: float, address: str = "127.0.0.1") -> None:
    options = {"protocol_whitelist": "file,udp,rtp", "localaddr": address}
    left = None
    with av.open(description, format="sdp", options=options, timeout=15) as stream:
        for frame in stream.decode(audio=0):
            if left is None:
                left = round(seconds * frame.sample_rate)
                resampler = AudioResampler("s16", "mono", frame.sample_rate)
            assert isinstance(frame, AudioFrame)
            for mono in resampler.resample(frame):
                sys.stdout.buffer.write(bytes(mono.planes[0])[: 2 * mono.samples])
            left -= frame.samples
            if left <= 0:
                return


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), *sys.argv[3:])
