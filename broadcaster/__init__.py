"""Runs a ward's loudspeakers and LED boards."""

from datetime import date

RELEASED = date(2026, 11, 23)
"""No machine's clock is right before this day: the newest that this version is made of is of it."""
