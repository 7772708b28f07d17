"""Figures put together for people to read."""
