"""Ways to hear and speak. `CHANNELS` is the one table; a channel's library is imported only where it is configured."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.channels.bot_api.limits import DUTY_UPDATES, ROOMS_UPDATES
from bot.channels.channel import Channel
from bot.settings import Intake, Settings, reached_at


@dataclass(frozen=True, slots=True)
class ChannelEntry:
    """One channel of the table. `hears_tenants`: a stranger may write to it in private and is a tenant."""

    token: Callable[[Settings], str]
    api: Callable[[Settings], str]
    make: Callable[[Settings], Channel]
    hears_tenants: bool
    updates: tuple[str, ...]
    """Which kinds of update the platform is asked for; none where a channel hears in a way of its own."""
    webhook_path: str


def _make_rooms(settings: Settings) -> Channel:
    from bot.channels.telegram_rooms import TelegramRooms

    url = webhook_url(settings, "telegram_rooms")
    return TelegramRooms(settings.rooms_token.get_secret_value(), settings.rooms_api, webhook_url=url)


def _make_duty(settings: Settings) -> Channel:
    from bot.channels.telegram_duty import TelegramDuty

    url = webhook_url(settings, "telegram_duty")
    return TelegramDuty(settings.duty_token.get_secret_value(), settings.duty_api, webhook_url=url)


def _make_wechat(settings: Settings) -> Channel:
    from bot.channels.wechat.channel import OfficialAccount

    return OfficialAccount(
        settings.wechat_app_id,
        settings.wechat_secret.get_secret_value(),
        token=settings.wechat_token.get_secret_value(),
        aes_key=settings.wechat_aes_key.get_secret_value(),
        api=settings.wechat_api,
        template=settings.wechat_template,
        template_fields=settings.wechat_template_fields,
        url=settings.public_url,
    )


def _make_wechat_kf(settings: Settings) -> Channel:
    from bot.channels.wechat.kf_channel import CustomerService

    return CustomerService(
        settings.wechat_kf_corp,
        settings.wechat_kf_secret.get_secret_value(),
        token=settings.wechat_kf_token.get_secret_value(),
        aes_key=settings.wechat_kf_aes_key.get_secret_value(),
        desk=settings.wechat_kf_account,
        hands_over=settings.wechat_kf_hands_over,
        api=settings.wechat_kf_api,
        url=settings.public_url,
    )


def _make_wecom_duty(settings: Settings) -> Channel:
    if settings.wecom_bot_id:
        from bot.channels.wecom_duty.on_line import DutyOnLine

        secret = settings.wecom_bot_secret.get_secret_value()
        health = f"http://{reached_at(settings.host)}:{settings.port}/health"
        return DutyOnLine(settings.wecom_bot_id, secret, line=settings.wecom_bot_line, health=health)
    from bot.channels.wecom_duty.by_callback import DutyByCallback

    url = f"{settings.public_url}{CHANNELS['wecom_duty'].webhook_path}"
    return DutyByCallback(
        token=settings.wecom_bot_token.get_secret_value(),
        aes_key=settings.wecom_bot_aes_key.get_secret_value(),
        api=settings.wecom_api,
        url=url,
    )


def _make_wecom_robots(settings: Settings) -> Channel:
    from bot.channels.wecom_robot.channel import WecomRobots

    return WecomRobots(settings.robots, api=settings.wecom_api)


CHANNELS: dict[str, ChannelEntry] = {
    "telegram_rooms": ChannelEntry(
        token=lambda settings: settings.rooms_token.get_secret_value(),
        api=lambda settings: settings.rooms_api,
        make=_make_rooms,
        hears_tenants=True,
        updates=ROOMS_UPDATES,
        webhook_path="/telegram/rooms",
    ),
    "telegram_duty": ChannelEntry(
        token=lambda settings: settings.duty_token.get_secret_value(),
        api=lambda settings: settings.duty_api,
        make=_make_duty,
        hears_tenants=False,
        updates=DUTY_UPDATES,
        webhook_path="/telegram/duty",
    ),
    "wechat": ChannelEntry(
        token=lambda settings: settings.wechat_app_id,
        api=lambda settings: settings.wechat_api,
        make=_make_wechat,
        hears_tenants=True,
        updates=(),
        webhook_path="/wechat",
    ),
    "wechat_kf": ChannelEntry(
        token=lambda settings: settings.wechat_kf_corp,
        api=lambda settings: settings.wechat_kf_api,
        make=_make_wechat_kf,
        hears_tenants=True,
        updates=(),
        webhook_path="/wechat/kf",
    ),
    "wecom_duty": ChannelEntry(
        token=lambda settings: settings.wecom_bot_id or settings.wecom_bot_token.get_secret_value(),
        api=lambda settings: settings.wecom_api,
        make=_make_wecom_duty,
        hears_tenants=False,
        updates=(),
        webhook_path="/wecom/duty",
    ),
    "wecom_robot": ChannelEntry(
        token=lambda settings: settings.wecom_robots.get_secret_value(),
        api=lambda settings: settings.wecom_api,
        make=_make_wecom_robots,
        hears_tenants=False,
        updates=(),
        webhook_path="",
    ),
}

TENANT_CHANNELS = frozenset(name for name, entry in CHANNELS.items() if entry.hears_tenants)


def make_channels(settings: Settings) -> dict[str, Channel]:
    """Every channel the settings ask for; `ValueError` in plain words for a token that is none."""
    return {name: entry.make(settings) for name, entry in CHANNELS.items() if entry.token(settings)}


def extra_for(missing: ImportError) -> str:
    """What to install with pip for a library that is not there."""
    is_wechats = (missing.name or "").partition(".")[0] in ("wechatpy", "xmltodict", "requests", "cryptography")
    return "lobby[wechat]" if is_wechats else "lobby[telegram]"


def webhook_url(settings: Settings, channel: str) -> str:
    """Where Telegram should send a bot's updates; empty when we poll."""
    is_webhook = settings.intake is Intake.WEBHOOK
    return f"{settings.public_url}{CHANNELS[channel].webhook_path}" if is_webhook else ""
