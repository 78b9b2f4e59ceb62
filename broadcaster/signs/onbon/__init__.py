"""Onbon's BX-5 and BX-6 controllers."""
