"""Station files to domain objects and back, every problem named."""
