"""Pocket: the small model that Fabula carries, and everything that makes it."""
