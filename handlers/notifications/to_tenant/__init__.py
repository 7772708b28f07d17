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
from handlers.notifications.to_tenant.flood import KeptTogether
from handlers.notifications.to_tenant.incidents import (
    CryJoined,
    Joined,
    NeighboursFinished,
    NeighboursReopened,
    NeighboursTaken,
)
from handlers.notifications.to_tenant.opening import (
    EmergencyReceived,
    EmergencyUnplaced,
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
    WhichOne,
    WhichSite,
)
from handlers.notifications.to_tenant.progress import (
    AnswerWaits,
    Cancelled,
    FileRefused,
    Finished,
    Noted,
    StaffReply,
    Taken,
    UrgingPassed,
)
from handlers.notifications.to_tenant.several import SeveralReceived

__all__ = [
    "RATINGS",
    "AnswerWaits",
    "CallbackCheck",
    "Cancelled",
    "CryJoined",
    "EmergencyReceived",
    "EmergencyUnplaced",
    "FileRefused",
    "Finished",
    "Hello",
    "Joined",
    "KeptTogether",
    "LanguageSet",
    "MyRequests",
    "NeighboursFinished",
    "NeighboursReopened",
    "NeighboursTaken",
    "NotARequest",
    "Noted",
    "RatePlease",
    "RatingThanked",
    "Received",
    "Reopened",
    "SeveralReceived",
    "StaffReply",
    "SurveyInvitation",
    "Taken",
    "Thanked",
    "UrgingPassed",
    "WhatIsWrong",
    "WhichKind",
    "WhichLanguage",
    "WhichOne",
    "WhichSite",
    "WhichUnit",
    "WordsKept",
    "safety_line",
]
