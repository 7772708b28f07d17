"""Visits 预约上门: one side proposes an hour, the other agrees, both are reminded, and staff say how it went."""
