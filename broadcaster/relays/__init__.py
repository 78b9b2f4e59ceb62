"""Other stations' streams, received for rebroadcast."""
