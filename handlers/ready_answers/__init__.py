"""Ready answers: what an office says often, kept in its languages and sent to a tenant with one tap."""
