"""Ports that bytes go out of."""
