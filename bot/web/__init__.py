"""The web pages of the desk: the survey page, health and metrics. `lobby run` and `lobby demo` both serve them."""
