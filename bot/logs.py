"""Structured logs without secrets: event names and ids, never a message's text, a phone or a token."""

import logging
import sys

import structlog

from bot.settings import Settings

LOUD = (
    "httpx",
    "httpcore",
    "telegram",
    "aiogram",
    "aiohttp.access",
    "apscheduler",
    "alembic",
    "asyncio",
    "urllib3",
    "wechatpy",
)
"""Libraries that log whole requests, addresses with tokens among them, or every tick."""


def set_up(settings: Settings) -> None:
    """Log to standard error: lines for people, or JSON for machines."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log_json
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    exceptions = [structlog.processors.format_exc_info] if settings.log_json else []
    structlog.configure(
        processors=[*shared, structlog.stdlib.filter_by_level, *exceptions, last],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(format="%(message)s", stream=sys.stderr, level=settings.log_level)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
