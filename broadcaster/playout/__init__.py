"""One airing, one sign: prepare, send, record."""
