"""What `lobby check` can find out about an official account without writing to anybody."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.channels.channel import Trouble
from bot.channels.wechat.answers import IP_REFUSED, NOT_OURS
from bot.channels.wechat.gateway import CallFailed

Call = Callable[[Callable[[Any], Any]], Awaitable[Any]]
WECOM_IP_REFUSED = 60020
GRANTED_NOT = frozenset({48001, 50001, 50002})


async def troubles_of(call: Call, template: str, *, encrypts: bool, url: str) -> list[Trouble]:
    """The token, our address, the customer-service messages, the template and the callback's address."""
    troubles = await _may_call(call)
    if troubles:
        return troubles
    troubles += await _may_write(call)
    if template:
        troubles += await _has_template(call, template)
    if not encrypts:
        what = "WeChat's callbacks come unencrypted: their signature does not cover what tenants write."
        mend = "In the console choose 安全模式 (encrypted) and set LOBBY_WECHAT_AES_KEY."
        troubles.append(Trouble(what, mend, is_fatal=False))
    if not url.startswith("https://"):
        what = "LOBBY_PUBLIC_URL is no https:// address, so WeChat cannot call us."
        troubles.append(Trouble(what, "Set it to the address under which the world reaches this server."))
    return troubles


async def kf_troubles_of(call: Call, desk: str, *, url: str) -> list[Trouble]:
    """The same of customer service: the token, our address, the account posters lead to, the callback's address."""
    try:
        answer = await call(lambda client: client.post("kf/account/list", data={"offset": 0, "limit": 100}))
    except CallFailed as failed:
        return [_told_by_wecom(failed)]
    troubles: list[Trouble] = []
    if desk not in {each.get("open_kfid") for each in answer.get("account_list", ())}:
        what = "LOBBY_WECHAT_KF_ACCOUNT is none of the customer-service accounts this secret may use."
        troubles.append(Trouble(what, "Copy the account's ID (wk…), and let the API manage it: 微信客服 > API."))
    if not url.startswith("https://"):
        what = "LOBBY_PUBLIC_URL is no https:// address, so WeCom cannot call us."
        troubles.append(Trouble(what, "Set it to the address under which the world reaches this server."))
    return troubles


def _told_by_wecom(failed: CallFailed) -> Trouble:
    if failed.code == WECOM_IP_REFUSED:
        what = "WeCom refuses this server's IP address (60020)."
        return Trouble(what, "In the WeCom console open the app's 企业可信IP and add this server's outgoing address.")
    if failed.code in (40001, 40013, 40014, 42001):
        what = f"WeCom refuses LOBBY_WECHAT_KF_CORP with LOBBY_WECHAT_KF_SECRET ({failed.code})."
        return Trouble(what, "Copy CorpID from 我的企业 and the Secret from 微信客服 > API.")
    if failed.code is None and failed.http_status is None:
        return Trouble("WeCom cannot be reached from here.", "Check the network and LOBBY_WECHAT_KF_API.")
    return Trouble(f"WeCom answers with an error ({failed}).", "Look the code up in WeCom's 全局错误码 page.")


async def _may_call(call: Call) -> list[Trouble]:
    try:
        await call(lambda client: client.misc.get_wechat_ips())
    except CallFailed as failed:
        return [_told(failed)]
    return []


def _told(failed: CallFailed) -> Trouble:
    if failed.code == IP_REFUSED:
        what = "WeChat refuses this server's IP address (40164): it is not on the account's allow list."
        return Trouble(
            what, "In the console: 设置与开发 > 开发接口管理 > IP白名单; add this server's outgoing address."
        )
    if failed.code in NOT_OURS:
        what = f"WeChat refuses LOBBY_WECHAT_APP_ID with LOBBY_WECHAT_SECRET ({failed.code})."
        return Trouble(what, "Copy both again from 设置与开发 > 开发接口管理; reset the AppSecret if nobody has it.")
    if failed.code is None and failed.http_status is None:
        return Trouble("WeChat cannot be reached from here.", "Check the network and LOBBY_WECHAT_API.")
    code = failed.code if failed.code is not None else f"HTTP {failed.http_status}"
    return Trouble(f"WeChat answers with an error ({code}).", "Look the code up in WeChat's 全局返回码 page.")


async def _may_write(call: Call) -> list[Trouble]:
    try:
        await call(lambda client: client.customservice.get_accounts())
    except CallFailed as failed:
        if failed.code in GRANTED_NOT:
            what = "The account may not send customer-service messages (48001): tenants hear nothing but quick replies."
            mend = "Only a verified 服务号 may: have the account verified (微信认证), then switch 客服功能 on."
            return [Trouble(what, mend)]
    return []


async def _has_template(call: Call, template: str) -> list[Trouble]:
    try:
        answer = await call(lambda client: client.template.get_all_private_template())
    except CallFailed as failed:
        return [
            Trouble(
                f"WeChat does not show the account's templates ({failed.code}).", "Switch 模板消息 on.", is_fatal=False
            )
        ]
    known = {each.get("template_id") for each in answer.get("template_list", ())}
    if template in known:
        return []
    return [
        Trouble(
            "LOBBY_WECHAT_TEMPLATE is none of the account's templates.", "Copy its ID from 模板消息.", is_fatal=False
        )
    ]
