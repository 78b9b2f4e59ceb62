"""Codecs, mixdown, loudness and their cache."""
