"""Asks how satisfied people are: a signed one-time link to one question on a web page."""
