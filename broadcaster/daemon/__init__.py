"""The loop that airs a station, and what is told to it while it runs."""
