"""The demo: a building on one page, run by the same inbox, handlers, outbox and clock as the real desk."""

from bot.demo.serving import serve

__all__ = ["serve"]
