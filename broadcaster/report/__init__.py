"""Pages of what is planned and what was aired."""
