"""Registering for others: what somebody told by phone, at the desk, by letter goes the same way as any request."""
