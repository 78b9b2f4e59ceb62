"""Bitmaps and sign protocols: bytes in, bytes out."""
