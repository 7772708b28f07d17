"""What staff hear in their duty chat: the card, what happens under it, and kind answers to every tap."""

from handlers.notifications.to_duty.card import STATE_MARKS, URGENCY_MARKS, CardsGathered, TicketCard
from handlers.notifications.to_duty.flood import TenantSaidMuch
from handlers.notifications.to_duty.ready import Menu, ReadyQuestion, ReadyReport, ready_question, ready_report
from handlers.notifications.to_duty.roster import (
    DutyLine,
    DutyPerson,
    IamRefused,
    KnownAs,
    OnDuty,
    SwapAsked,
    SwapRefused,
    SwapTrouble,
)
from handlers.notifications.to_duty.toasts import Toast, ToastKind
from handlers.notifications.to_duty.under_the_card import (
    FileLost,
    FileOf,
    NotDelivered,
    NotFixed,
    PossibleRequest,
    PossibleRequestSettled,
    StillUntaken,
    TenantSaid,
    TenantSaysSolved,
    TenantUrges,
    WhatToAsk,
    WhatWasDone,
)
from handlers.notifications.to_duty.waiting import GoesOn, PromiseBroken, PromiseNear
from handlers.notifications.to_duty.why import ReadAs, SetRight, TaughtBy, WhyRead

__all__ = [
    "STATE_MARKS",
    "URGENCY_MARKS",
    "CardsGathered",
    "DutyLine",
    "DutyPerson",
    "FileLost",
    "FileOf",
    "GoesOn",
    "IamRefused",
    "KnownAs",
    "Menu",
    "NotDelivered",
    "NotFixed",
    "OnDuty",
    "PossibleRequest",
    "PossibleRequestSettled",
    "PromiseBroken",
    "PromiseNear",
    "ReadAs",
    "ReadyQuestion",
    "ReadyReport",
    "SetRight",
    "StillUntaken",
    "SwapAsked",
    "SwapRefused",
    "SwapTrouble",
    "TaughtBy",
    "TenantSaid",
    "TenantSaidMuch",
    "TenantSaysSolved",
    "TenantUrges",
    "TicketCard",
    "Toast",
    "ToastKind",
    "WhatToAsk",
    "WhatWasDone",
    "WhyRead",
    "ready_question",
    "ready_report",
]
