"""Official letters, read: what they order, each field with the line that says it."""
