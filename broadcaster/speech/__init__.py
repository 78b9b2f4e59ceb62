"""Text to wave."""
