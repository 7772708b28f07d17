"""Every setting, read once from the environment or a `.env` file, checked, explained. Names start with `LOBBY_`."""

from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

from pydantic import AnyHttpUrl, BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Intake(StrEnum):
    """How Telegram's updates come in."""

    POLLING = "polling"
    WEBHOOK = "webhook"


def _without_slash(value: object) -> object:
    return value.rstrip("/") if isinstance(value, str) else value


Address = Annotated[
    str, BeforeValidator(_without_slash), BeforeValidator(lambda v: str(AnyHttpUrl(v)).rstrip("/") if v else v)
]


def reached_at(host: str) -> str:
    """Where this machine reaches what listens at `host`, as an address takes it: everywhere is also here."""
    try:
        address = ip_address(host)
    except ValueError:
        return host  # a name
    if address.is_unspecified:
        return "127.0.0.1"
    return f"[{host}]" if address.version == 6 else host


class Settings(BaseSettings):
    """What an operator may set. Secrets never show when settings are printed."""

    model_config = SettingsConfigDict(env_prefix="LOBBY_", env_file=".env", extra="ignore", frozen=True)

    database: str = Field(
        "sqlite:///lobby.db", description="sqlite:///file.db, or postgresql://user:password@host/name"
    )
    host: str = Field("127.0.0.1", description="Address the web pages and webhooks listen on")
    port: int = Field(8080, ge=0, le=65535, description="Port of the web pages and webhooks; 0 picks a free one")
    public_url: Address = Field("", description="How the world reaches this server; survey links and webhooks use it")
    secret: SecretStr = Field(
        SecretStr(""),
        description="Signs survey links, seals the way back to unnamed authors; made and kept in the database if empty",
    )

    rooms_token: SecretStr = Field(SecretStr(""), description="Telegram token of the tenants' bot")
    duty_token: SecretStr = Field(SecretStr(""), description="Telegram token of the duty bot")
    rooms_api: Address = Field("https://api.telegram.org", description="Bot API server of the tenants' bot")
    duty_api: Address = Field("https://api.telegram.org", description="Bot API server of the duty bot")
    intake: Intake = Field(Intake.POLLING, description="polling, or webhook behind public_url")
    webhook_secret: SecretStr = Field(SecretStr(""), description="Telegram must send it back with every webhook call")

    wechat_app_id: str = Field("", pattern=r"^(wx[0-9a-z]{16})?$", description="AppID of the WeChat official account")
    wechat_secret: SecretStr = Field(SecretStr(""), description="Its AppSecret")
    wechat_token: SecretStr = Field(
        SecretStr(""), description="The callback's Token: 3 to 32 letters and digits, as in the console"
    )
    wechat_aes_key: SecretStr = Field(
        SecretStr(""), description="The callback's EncodingAESKey, 43 letters and digits; empty: callbacks come plain"
    )
    wechat_api: Address = Field("https://api.weixin.qq.com", description="API server of WeChat")
    wechat_template: str = Field(
        "", description="Template that tells a tenant to come back when 48 hours are over; empty: none is sent"
    )
    wechat_template_fields: str = Field("", description="What it says, such as thing1=有新的回复;thing2=请点此查看")

    wechat_kf_corp: str = Field("", description="CorpID of the company whose 微信客服 tenants write to")
    wechat_kf_secret: SecretStr = Field(SecretStr(""), description="The Secret of 微信客服")
    wechat_kf_account: str = Field("", description="The customer-service account posters lead to (open_kfid, wk…)")
    wechat_kf_hands_over: bool = Field(False, description="Whether 转人工 gives the talk to the people in WeCom")
    wechat_kf_token: SecretStr = Field(SecretStr(""), description="The Token of its callback")
    wechat_kf_aes_key: SecretStr = Field(SecretStr(""), description="The EncodingAESKey of its callback")
    wechat_kf_api: Address = Field("https://qyapi.weixin.qq.com", description="API server of WeCom")

    wecom_bot_id: str = Field("", description="ID of staff's bot (智能机器人) in WeCom, which holds a line to WeCom")
    wecom_bot_secret: SecretStr = Field(SecretStr(""), description="The Secret of that line (长连接)")
    wecom_bot_token: SecretStr = Field(
        SecretStr(""), description="Instead of a line: the Token of the bot's callback; see docs/wecom.md"
    )
    wecom_bot_aes_key: SecretStr = Field(SecretStr(""), description="The EncodingAESKey of that callback")
    wecom_bot_line: str = Field(
        "wss://openws.work.weixin.qq.com", pattern=r"^wss?://\S+$", description="Where the bot's line leads"
    )
    wecom_robots: SecretStr = Field(
        SecretStr(""), description="Robots that only post (群机器人), such as 工程组=KEY;保安组=KEY"
    )
    wecom_api: Address = Field("https://qyapi.weixin.qq.com", description="API server of WeCom for both")

    media_limit_mb: int = Field(20, ge=1, le=50, description="Attachments up to this size are kept")
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="How much is logged")
    log_json: bool = Field(False, description="One JSON object per log line")

    group_minute: int | None = Field(None, ge=1, description="Messages a minute to one group, if not the platform's")
    chat_seconds: float | None = Field(
        None, ge=0, description="Seconds between messages to one chat, if not the platform's"
    )
    bot_second: int | None = Field(None, ge=1, description="Messages a second of one bot, if not the platform's")
    send_width: int = Field(8, ge=1, le=64, description="Sends on the wire at once; also the most a crash may repeat")
    lease_seconds: float = Field(60, ge=1, description="After this long a send nobody recorded counts as unknown")

    second_opinion_url: Address = Field(
        "", description="OpenAI-compatible API asked about unsure messages, without phones, rooms or names; empty: none"
    )
    second_opinion_model: str = Field("", description="The model to ask there")
    second_opinion_key: SecretStr = Field(SecretStr(""), description="Its key")
    second_opinion_seconds: float = Field(4.0, gt=0, le=15, description="Seconds an unsure message may wait for it")
    second_opinion_per_day: int = Field(50, ge=0, description="Questions a day for each room; 0 asks none")

    @model_validator(mode="after")
    def _second_opinion_is_whole(self) -> "Settings":
        if self.second_opinion_url and not self.second_opinion_model:
            raise ValueError("second_opinion_url needs second_opinion_model: name the model to ask there")
        return self

    @model_validator(mode="after")
    def _wechat_is_whole(self) -> "Settings":
        token, key = self.wechat_token.get_secret_value(), self.wechat_aes_key.get_secret_value()
        kf_key = self.wechat_kf_aes_key.get_secret_value()
        kf = (self.wechat_kf_secret, self.wechat_kf_token, self.wechat_kf_aes_key)
        if self.wechat_kf_corp and not (self.wechat_kf_account and all(each.get_secret_value() for each in kf)):
            raise ValueError("wechat_kf_corp needs wechat_kf_secret, _account, _token and _aes_key: see docs/wechat.md")
        if kf_key and not (len(kf_key) == 43 and kf_key.isascii() and kf_key.isalnum()):
            raise ValueError("wechat_kf_aes_key is 43 letters and digits: copy EncodingAESKey from the console again")
        if self.wechat_app_id and not (self.wechat_secret.get_secret_value() and token):
            raise ValueError("wechat_app_id needs wechat_secret and wechat_token: copy all three from the console")
        if token and not (3 <= len(token) <= 32 and token.isascii() and token.isalnum()):
            raise ValueError("wechat_token is 3 to 32 letters and digits, the same as in the console")
        if key and not (len(key) == 43 and key.isascii() and key.isalnum()):
            raise ValueError("wechat_aes_key is 43 letters and digits: copy EncodingAESKey from the console again")
        return self

    @model_validator(mode="after")
    def _wecom_is_whole(self) -> "Settings":
        secret, token = self.wecom_bot_secret.get_secret_value(), self.wecom_bot_token.get_secret_value()
        key = self.wecom_bot_aes_key.get_secret_value()
        if bool(self.wecom_bot_id) != bool(secret):
            raise ValueError("wecom_bot_id and wecom_bot_secret belong together: copy both from the bot's page")
        if bool(token) != bool(key):
            raise ValueError("wecom_bot_token and wecom_bot_aes_key belong together: copy both from the bot's page")
        if token and self.wecom_bot_id:
            raise ValueError("WeCom's bot holds a line or is called back, never both: keep wecom_bot_id or _token")
        if key and not (len(key) == 43 and key.isascii() and key.isalnum()):
            raise ValueError("wecom_bot_aes_key is 43 letters and digits: copy EncodingAESKey from the console again")
        if any(not name or not key.isascii() for name, key in self.robots.items()):
            raise ValueError("wecom_robots reads name=key;name=key: see docs/wecom.md")
        return self

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> "Settings":
        if self.intake is Intake.WEBHOOK and not (self.public_url and self.webhook_secret.get_secret_value()):
            raise ValueError("intake=webhook needs public_url and webhook_secret: set both, or use intake=polling")
        return self

    @property
    def robots(self) -> dict[str, str]:
        """The key of each group's robot, by the name it was given here; its whole address may stand for the key."""
        pairs = (each.partition("=") for each in self.wecom_robots.get_secret_value().split(";") if each.strip())
        return {name.strip(): key.strip().rpartition("key=")[2] for name, _, key in pairs}

    @property
    def sqlite_path(self) -> Path | None:
        """The database file, when it is SQLite."""
        prefix = "sqlite:///"
        return Path(self.database.removeprefix(prefix)) if self.database.startswith(prefix) else None
