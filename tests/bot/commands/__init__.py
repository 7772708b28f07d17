"""Commands, typed as an operator types them."""
