"""From text to pixels, and to pictures of them for people."""
