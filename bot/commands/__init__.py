"""The `lobby` command, one file per thing an operator does."""
