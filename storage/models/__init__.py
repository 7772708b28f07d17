"""Every table, imported here so that the metadata is whole wherever one model is used."""

from storage.models.afterwards import Callback, Survey
from storage.models.asking import Asking
from storage.models.audit import AuditLine
from storage.models.authority import Authority
from storage.models.base import Base
from storage.models.chat import Chat, FormerAddress, LinkCode
from storage.models.complaint import Complaint, Concern, WrongStep
from storage.models.correction import Correction
from storage.models.inbox import InboxRow
from storage.models.kept import Kept
from storage.models.offer_rule import LadderRung, OfferRule
from storage.models.outbox import OutboxRow
from storage.models.page_pass import PagePass
from storage.models.person import Account, Person
from storage.models.place_code import PlaceCode
from storage.models.promise import Pause, Promise
from storage.models.push import Push
from storage.models.question import AskedQuestion, ListedQuestion
from storage.models.ready_answer import ReadyAnswer
from storage.models.registration import Registration
from storage.models.roster import Absence, Member, Shift, SpecialDay, Swap, WorkingHours
from storage.models.site import Building, Site
from storage.models.thread import Attachment, AttachmentBytes, Entry
from storage.models.ticket import OPEN_STATES, Ticket, WrongState
from storage.models.visit import Charge, Visit
from storage.models.window import Window

__all__ = [
    "OPEN_STATES",
    "Absence",
    "Account",
    "AskedQuestion",
    "Asking",
    "Attachment",
    "AttachmentBytes",
    "AuditLine",
    "Authority",
    "Base",
    "Building",
    "Callback",
    "Charge",
    "Chat",
    "Complaint",
    "Concern",
    "Correction",
    "Entry",
    "FormerAddress",
    "InboxRow",
    "Kept",
    "LadderRung",
    "LinkCode",
    "ListedQuestion",
    "Member",
    "OfferRule",
    "OutboxRow",
    "PagePass",
    "Pause",
    "Person",
    "PlaceCode",
    "Promise",
    "Push",
    "ReadyAnswer",
    "Registration",
    "Shift",
    "Site",
    "SpecialDay",
    "Survey",
    "Swap",
    "Ticket",
    "Visit",
    "Window",
    "WorkingHours",
    "WrongState",
    "WrongStep",
]
