"""Recordings of scripts: taken from a microphone or a file, judged, put in place."""
