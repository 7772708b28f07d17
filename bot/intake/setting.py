"""Telling Telegram where updates should go: to a webhook, or nowhere, so that they can be polled for."""

from collections.abc import Sequence

from aiohttp import ClientSession, ClientTimeout

from bot.intake.calls import call

_TIMEOUT = ClientTimeout(total=20, connect=5)


async def set_webhook(
    session: ClientSession, api_base: str, token: str, url: str, secret: str, allowed_updates: Sequence[str]
) -> None:
    """Have updates sent to `url` with `secret` (1 to 256 of A-Z a-z 0-9 _ -) in the header, or `CallFailed`."""
    wanted = {"url": url, "secret_token": secret, "allowed_updates": list(allowed_updates)}
    await call(session, api_base, token, "setWebhook", wanted, _TIMEOUT)


async def delete_webhook(session: ClientSession, api_base: str, token: str) -> None:
    """Have updates kept for polling, those already waiting too, or `CallFailed`."""
    await call(session, api_base, token, "deleteWebhook", {"drop_pending_updates": False}, _TIMEOUT)
