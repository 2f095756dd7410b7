"""Hiding small counts, and as many more as keep them from being worked out."""
