"""`PUSHES`, by the name their rows keep; the clock looks here."""

from handlers.pushes.asking_expiry import ASKING_EXPIRY
from handlers.pushes.callback_check import CALLBACK_CHECK, CALLBACK_REMINDER, CALLBACK_SILENCE
from handlers.pushes.daily_digest import DAILY_DIGEST
from handlers.pushes.promise import PROMISE
from handlers.pushes.public_days import PUBLIC_DAYS
from handlers.pushes.push import ScheduledPush
from handlers.pushes.shift_change import SHIFT_CHANGE
from handlers.pushes.silence import SILENCE
from handlers.pushes.survey_link import SURVEY_LINK
from handlers.pushes.untaken import UNTAKEN
from handlers.pushes.visit import VISIT_AFTER, VISIT_NEAR, VISIT_REMINDER

PUSHES: dict[str, ScheduledPush] = {
    push.kind: push
    for push in (
        ASKING_EXPIRY,
        CALLBACK_CHECK,
        CALLBACK_REMINDER,
        CALLBACK_SILENCE,
        DAILY_DIGEST,
        PROMISE,
        PUBLIC_DAYS,
        SHIFT_CHANGE,
        SILENCE,
        SURVEY_LINK,
        UNTAKEN,
        VISIT_AFTER,
        VISIT_NEAR,
        VISIT_REMINDER,
    )
}
