"""The Alpha protocol of Adaptive's signs."""
