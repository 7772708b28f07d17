"""What is so of Telegram's Bot API whichever library speaks it. No library is imported here.

The two Telegram channels are two bots on two libraries; `client.py` says what each library must do for its channel,
and `channel.py` is the channel on top of it.
"""
