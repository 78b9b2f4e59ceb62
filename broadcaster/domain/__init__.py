"""Pure frozen data: what a station is made of."""
