"""Complaints: their steps, their times, whom they are about, and those who tell them without a name."""
