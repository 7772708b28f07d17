"""The managers' page: who may open it, and what it shows them."""
