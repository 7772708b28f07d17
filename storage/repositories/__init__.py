"""Repositories: `get` raises, `find` may give None, `list_by` gives many. None of them commits."""
