"""Ways to hear and speak. `CHANNELS` is the one table; a channel's library is imported only where it is configured."""
