"""What tenants hear. In a room never a unit, a phone or their words; in private the whole of it."""

from handlers.notifications.to_tenant.afterwards import (
    RATINGS,
    CallbackCheck,
    RatePlease,
    RatingThanked,
    Reopened,
    SurveyInvitation,
    WordsKept,
)
from handlers.notifications.to_tenant.opening import (
    EmergencyReceived,
    NotARequest,
    Received,
    Thanked,
    WhichKind,
    WhichUnit,
    safety_line,
)
from handlers.notifications.to_tenant.private_chat import (
    Hello,
    LanguageSet,
    MyRequests,
    WhatIsWrong,
    WhichLanguage,
    WhichSite,
)
from handlers.notifications.to_tenant.progress import (
    AnswerWaits,
    Cancelled,
    Finished,
    Noted,
    StaffReply,
    Taken,
    UrgingPassed,
)

__all__ = [
    "RATINGS",
    "AnswerWaits",
    "CallbackCheck",
    "Cancelled",
    "EmergencyReceived",
    "Finished",
    "Hello",
    "LanguageSet",
    "MyRequests",
    "NotARequest",
    "Noted",
    "RatePlease",
    "RatingThanked",
    "Received",
    "Reopened",
    "StaffReply",
    "SurveyInvitation",
    "Taken",
    "Thanked",
    "UrgingPassed",
    "WhatIsWrong",
    "WhichKind",
    "WhichLanguage",
    "WhichSite",
    "WhichUnit",
    "WordsKept",
    "safety_line",
]
