"""A ticket goes to another group or to one person; pushed from group to group, whoever stands above them decides."""

from dataclasses import replace

from handlers import answering_taps, cards, ladder, neighbours, offers
from handlers.complaints import concerns
from handlers.notifications.to_duty import Colleague, HandedToYou, Menu, ToastKind
from handlers.notifications.to_manager import PushedToAndFro
from handlers.pushes import reminding
from handlers.roster.turns import on_duty, with_role
from handlers.scene import Outcome, Scene
from handlers.speaking import change
from handlers.steps import Step, enter, enter_by_staff, list_about
from storage.models import Member, OutboxRow, Ticket, WrongState
from storage.roster_vocabulary import MemberRole
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Disposition, Group

TO_AND_FRO = 2
"""Hand-overs of one ticket between groups from which the client director is asked to decide. What goes to a colleague
of the same group has been pushed nowhere."""
OFFERED = 12
"""Colleagues to choose from; more would be a list nobody reads."""
WHO = "who"


def press(scene: Scene, row: OutboxRow, ticket: Ticket, choice: str) -> Outcome | None:
    """`hand_over` shows the groups, `hand_over:who` the people; `=7` behind it is one of them."""
    if not ticket.is_open or concerns.is_guarded(scene.unit, ticket.id):
        raise WrongState(ticket, "hand over")
    name, _, member_id = choice.partition("=")
    if not choice or choice == WHO:
        menu = Menu.COLLEAGUE if choice else Menu.HAND_OVER
        shown = replace(cards.card_of(scene.unit, ticket, menu), colleagues=colleagues_of(scene.unit, ticket))
        if row.notification == cards.CARD:
            change(scene.unit, row.id, shown, row.language)
        return Outcome(Disposition.ANSWERED, ticket.id)
    if name == WHO:
        member = scene.unit.rosters.recall(ticket.site_id).find_member(int(member_id))
        return None if member is None else _to_person(scene, row, ticket, member)
    return _to_group(scene, row, ticket, Group(choice))


def colleagues_of(unit: UnitOfWork, ticket: Ticket) -> tuple[Colleague, ...]:
    """Everybody with a duty chat but whoever has it: on duty first, the ticket's own group before others."""
    roster, site = unit.rosters.recall(ticket.site_id), unit.sites.get(ticket.site_id)
    there = {turn.member.id for turn in on_duty(roster, site, unit.now)}
    found = [
        Colleague(member.id, member.name, member.id in there, None if member.group is ticket.group else member.group)
        for member in roster.members
        if member.group is not None
        and (member.person_id is None or member.person_id != ticket.assignee_id)
        and unit.chats.list_by_role(ticket.site_id, ChatRole.DUTY, member.group)
    ]
    near = [each for each in found if each.group is None or each.is_on_duty]
    return tuple(sorted(near, key=lambda each: (not each.is_on_duty, each.group is not None))[:OFFERED])


def _to_group(scene: Scene, row: OutboxRow, ticket: Ticket, group: Group) -> Outcome | None:
    """To another group's duty chat, as a fresh card with every file; the number and the promise stay."""
    if group is ticket.group:
        raise WrongState(ticket, "hand over")
    if not scene.unit.chats.list_by_role(ticket.site_id, ChatRole.DUTY, group):
        return answering_taps.done(ticket, row, ToastKind.NO_DUTY_CHAT)
    ticket.hand_over(group)
    ladder.offer_to_somebody(scene.unit, ticket)
    enter_by_staff(scene, ticket, Step.HANDED_OVER, group)
    _offer_anew(scene, ticket)
    offers.post_to_group(scene.unit, ticket, group)
    _call_director(scene.unit, ticket, group)
    return answering_taps.done(ticket, row, ToastKind.HANDED_OVER)


def _to_person(scene: Scene, row: OutboxRow, ticket: Ticket, member: Member) -> Outcome | None:
    """It is offered to one colleague by name, in their own group's duty chat; anybody there may still take it."""
    unit, before = scene.unit, ticket.group
    if member.group is None or not unit.chats.list_by_role(ticket.site_id, ChatRole.DUTY, member.group):
        return answering_taps.done(ticket, row, ToastKind.NO_DUTY_CHAT)
    ticket.hand_over(member.group)
    ticket.offered_to_id = member.id
    if member.group is not before:
        enter_by_staff(scene, ticket, Step.HANDED_OVER, member.group)
    enter_by_staff(scene, ticket, Step.HANDED_TO, member.name)
    _offer_anew(scene, ticket)
    if member.group is before:
        cards.say_under(unit, ticket, HandedToYou(ticket.number, member.name, scene.person.name))
    else:
        offers.post_to_group(unit, ticket, member.group)
        _call_director(unit, ticket, member.group)
    return answering_taps.done(ticket, row, ToastKind.HANDED_OVER)


def _offer_anew(scene: Scene, ticket: Ticket) -> None:
    neighbours.follow(scene.unit, ticket)
    reminding.stop(scene.unit, ticket)
    reminding.plan(scene.unit, ticket)
    cards.refresh(scene.unit, ticket)


def _call_director(unit: UnitOfWork, ticket: Ticket, group: Group) -> None:
    """Pushed back and forth: the client director decides whose it is, and the card tells that they were asked."""
    times = len(list_about(unit, ticket, Step.HANDED_OVER))
    if times < TO_AND_FRO:
        return
    directors = with_role(unit.rosters.recall(ticket.site_id), MemberRole.CLIENT_DIRECTOR)
    names = tuple(member.name for member in directors)
    offers.tell_managers(unit, ticket, PushedToAndFro(ticket.number, times, group, names))
    if directors:
        ticket.escalate(MemberRole.CLIENT_DIRECTOR)
        enter(unit, ticket, Step.TO_AND_FRO, MemberRole.CLIENT_DIRECTOR)
        cards.refresh(unit, ticket)
