"""A swap among colleagues: asked for in the duty chat, agreed to by the other, settled by the lead's tap."""

from datetime import date
from zoneinfo import ZoneInfo

from handlers.notifications import unpack
from handlers.notifications.to_duty import SwapAsked, SwapRefused, SwapTrouble, Toast, ToastKind
from handlers.roster.turns import turns_of_day
from handlers.roster.words import plain, read_day
from handlers.scene import Outcome, Scene
from handlers.speaking import change, tell
from storage.models import Absence, Member, OutboxRow, Swap
from storage.roster_vocabulary import MemberRole, SwapState
from storage.vocabulary import Disposition

FEWEST, MOST = 2, 3
"""How many words a wish has: the day, the colleague, and perhaps a day in return."""


def ask(scene: Scene, wish: str) -> Outcome:
    """`/swap 10-03 NAME [10-05]`: put it to the colleague."""
    asked = _read(scene, wish)
    if isinstance(asked, SwapRefused):
        tell(scene.unit, scene.chat, asked, scene.language)
        return Outcome(Disposition.REFUSED, reason="/swap")
    scene.unit.rosters.add(asked)
    tell(scene.unit, scene.chat, _said(scene, asked), scene.language, needs_id=True)
    return Outcome(Disposition.ANSWERED, reason="/swap")


def press(scene: Scene, row: OutboxRow, verb: str, _choice: str) -> Outcome | None:
    """The colleague's tap, then the lead's; anybody else's is for nobody."""
    said = unpack(row.notification, row.payload)
    if not isinstance(said, SwapAsked):
        return None
    swap = scene.unit.rosters.get_swap(said.swap_id)
    steps = {
        ("agree", SwapState.ASKED): SwapState.AGREED,
        ("refuse", SwapState.ASKED): SwapState.REFUSED,
        ("approve", SwapState.AGREED): SwapState.APPROVED,
        ("refuse", SwapState.AGREED): SwapState.REFUSED,
    }
    after = steps.get((verb, swap.state))
    if after is None:
        change(scene.unit, row.id, _said(scene, swap), row.language)
        return Outcome(Disposition.REFUSED, None, f"swap is {swap.state}", Toast(ToastKind.SETTLED), row.language)
    if not _may(scene, swap):
        return Outcome(Disposition.REFUSED, None, "not theirs to say", Toast(ToastKind.NOT_FOR_YOU), row.language)
    scene.unit.rosters.settle_swap(swap, swap.state, after, scene.person.id, scene.now)
    if after is SwapState.APPROVED:
        _write_down(scene, swap)
    change(scene.unit, row.id, _said(scene, swap), row.language)
    return Outcome(Disposition.ANSWERED, toast=Toast(ToastKind.RECORDED), language=row.language)


def _read(scene: Scene, wish: str) -> Swap | SwapRefused:
    roster = scene.unit.rosters.recall(scene.site.id)
    asker = roster.find_by_person(scene.person.id)
    if asker is None:
        return SwapRefused(SwapTrouble.UNKNOWN_ASKER)
    words, today = wish.split(), scene.now.astimezone(ZoneInfo(scene.site.timezone)).date()
    try:
        days = [read_day(word, today) for word in (words[:1] + words[2:MOST])]
    except ValueError:
        return SwapRefused(SwapTrouble.HOW)
    if not FEWEST <= len(words) <= MOST:
        return SwapRefused(SwapTrouble.HOW)
    other = next((member for member in roster.members if plain(member.name) == plain(words[1])), None)
    if other is None or other.id == asker.id:
        return SwapRefused(SwapTrouble.UNKNOWN_OTHER, words[1])
    if min(days) < today:
        return SwapRefused(SwapTrouble.PAST)
    for member, day in zip((asker, other), days, strict=False):
        if not _has_shift(scene, member, day):
            return SwapRefused(SwapTrouble.NO_SHIFT, member.name)
    return Swap(
        site_id=scene.site.id,
        asker_id=asker.id,
        other_id=other.id,
        day=days[0],
        return_day=days[1] if len(days) > 1 else None,
        asked_at=scene.now,
    )


def _has_shift(scene: Scene, member: Member, day: date) -> bool:
    """Of their own, for one already given away cannot be given again."""
    turns = turns_of_day(scene.unit.rosters.recall(scene.site.id), scene.site, day)
    return any(turn.member.id == member.id and turn.instead_of is None for turn in turns)


def _may(scene: Scene, swap: Swap) -> bool:
    """First the one who is asked, then the lead; whoever leads may also speak for the one who is asked."""
    roster = scene.unit.rosters.recall(scene.site.id)
    who, asker = roster.find_by_person(scene.person.id), roster.find_member(swap.asker_id)
    if who is None:
        return False
    is_above = who.role not in (MemberRole.MEMBER, MemberRole.LEAD)
    leads = is_above or (who.role is MemberRole.LEAD and asker is not None and who.group is asker.group)
    return leads or (swap.state is SwapState.ASKED and who.id == swap.other_id)


def _write_down(scene: Scene, swap: Swap) -> None:
    """Who is away and who works instead, as far as they still have that shift."""
    ways = [(swap.asker_id, swap.day, swap.other_id)]
    if swap.return_day is not None:
        ways.append((swap.other_id, swap.return_day, swap.asker_id))
    for away_id, day, substitute_id in ways:
        known = scene.unit.rosters.find_absence(away_id, day)
        if known is None:
            row = Absence(site_id=swap.site_id, member_id=away_id, day=day, substitute_id=substitute_id)
            scene.unit.rosters.add(row)
        else:
            known.substitute_id = substitute_id


def _said(scene: Scene, swap: Swap) -> SwapAsked:
    names = {member.id: member.name for member in scene.unit.rosters.list_members(swap.site_id)}
    return SwapAsked(swap.id, names[swap.asker_id], names[swap.other_id], swap.day, swap.state, swap.return_day)
