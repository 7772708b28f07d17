"""How the desk learned to read: from the corpus in `locales/` to the model file in `handlers/understanding/`."""
