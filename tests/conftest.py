"""English for every test, whatever the machine speaks: set before anything asks for a catalogue."""

import os
import signal

os.environ["LANGUAGE"] = "en"


def pytest_configure() -> None:
    """Let Ctrl-C reach the programs that tests start.

    Whoever is started in the background by a shell ignores it, and so do all that it starts.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
