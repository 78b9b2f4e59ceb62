"""The composition root: a station folder becomes live objects."""
