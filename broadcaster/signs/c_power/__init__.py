"""Lumen's C-Power controllers."""
