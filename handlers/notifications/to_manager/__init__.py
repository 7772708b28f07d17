"""What managers hear: one honest digest a day, and alarms that cannot wait for it."""

from handlers.notifications.to_manager.alarms import (
    CardLost,
    DutyChatClosed,
    MessageFailed,
    PlanFailed,
    PushedToAndFro,
    StillLate,
    Untaken,
    UntakenLine,
)
from handlers.notifications.to_manager.digest import (
    DailyDigest,
    DigestHour,
    DigestTrend,
    OverdueLine,
    Unusual,
    UnusualWhat,
)
from handlers.notifications.to_manager.emergencies import CalledAgain, EmergencyPaged, NobodyTakes
from handlers.notifications.to_manager.incident_lines import DayOfIncidents, IncidentLine
from handlers.notifications.to_manager.ladder import EscalatedByHand, NotTaken
from handlers.notifications.to_manager.page import PageLink, PageNowhere
from handlers.notifications.to_manager.report import ReportFile
from handlers.notifications.to_manager.set_up import CodeForAnotherBot, CodeRefused, HolidaysUnknown, Linked
from handlers.notifications.to_manager.settling import GroupSettled, PersonSettled, SettledByTeams

__all__ = [
    "CalledAgain",
    "CardLost",
    "CodeForAnotherBot",
    "CodeRefused",
    "DailyDigest",
    "DayOfIncidents",
    "DigestHour",
    "DigestTrend",
    "DutyChatClosed",
    "EmergencyPaged",
    "EscalatedByHand",
    "GroupSettled",
    "HolidaysUnknown",
    "IncidentLine",
    "Linked",
    "MessageFailed",
    "NobodyTakes",
    "NotTaken",
    "OverdueLine",
    "PageLink",
    "PageNowhere",
    "PersonSettled",
    "PlanFailed",
    "PushedToAndFro",
    "ReportFile",
    "SettledByTeams",
    "StillLate",
    "Untaken",
    "UntakenLine",
    "Unusual",
    "UnusualWhat",
]
