"""Runs a ward's loudspeakers and LED boards."""
