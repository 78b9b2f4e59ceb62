"""English for every test, whatever the machine speaks: set before anything asks for a catalogue."""

import os

os.environ["LANGUAGE"] = "en"
