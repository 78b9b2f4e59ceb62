"""What people and programs ask of a running daemon, over HTTP on this machine alone."""
