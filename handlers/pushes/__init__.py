"""The scheduled pushes. A new push is a file here and a line in `PUSHES`."""
