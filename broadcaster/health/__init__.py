"""What is wrong with a station now: how it is noticed, kept, and told to people."""
