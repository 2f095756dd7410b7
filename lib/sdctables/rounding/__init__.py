"""Rounding that adds up: inner cells to 0 or the base, every sum as near as can be."""
