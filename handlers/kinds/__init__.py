"""The ticket kinds. A new kind is a file here and a line in `KINDS`."""

from handlers.kinds.complaint import COMPLAINT
from handlers.kinds.inquiry import INQUIRY
from handlers.kinds.kind import FLAT_TRADES, TicketKind
from handlers.kinds.praise import PRAISE
from handlers.kinds.repair import REPAIR
from handlers.kinds.service import SERVICE
from handlers.kinds.suggestion import SUGGESTION
from storage.vocabulary import Kind

__all__ = ["FLAT_TRADES", "KINDS", "TicketKind"]

KINDS: dict[Kind, TicketKind] = {kind.kind: kind for kind in (REPAIR, COMPLAINT, INQUIRY, SUGGESTION, PRAISE, SERVICE)}
