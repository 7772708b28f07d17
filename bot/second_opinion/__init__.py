"""Another judge's opinion on messages the desk is unsure of, over HTTP. Off unless an operator names an endpoint.

`client` asks, `advice` decides who is asked about and who waits. See docs/decisions/0007-second-opinion.md.
"""

from bot.second_opinion.advice import Advice
from bot.second_opinion.client import Client
from bot.settings import Settings
from bot.signals import Wake
from storage.writer import Writer

__all__ = ["Advice", "make_advice"]


def make_advice(settings: Settings, writer: Writer, wake: Wake) -> Advice | None:
    """None where no endpoint is set."""
    if not settings.second_opinion_url:
        return None
    client = Client(
        settings.second_opinion_url,
        settings.second_opinion_model,
        settings.second_opinion_key.get_secret_value(),
        settings.second_opinion_seconds,
    )
    return Advice(client, writer, wake, settings.second_opinion_per_day)
