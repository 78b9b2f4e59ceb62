"""Packages that take megabytes or tenths of a second: no part of what is quick, or idles."""

HEAVY = {
    "PIL", "apscheduler", "av", "icalendar", "jinja2", "numpy", "onnxruntime", "piper", "pydub",
    "pyttsx3", "serial", "tomlkit",
}  # fmt: skip
