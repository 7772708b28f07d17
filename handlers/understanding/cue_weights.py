"""How much each cue of the phrase files speaks for and against each kind, set by hand; natural-log odds.

A cue found says what a sentence is a sign of; a pair found together says what neither says alone.
"""

from storage.vocabulary import Kind, Trade

_R, _C, _I, _S, _P, _V, _X = (
    Kind.REPAIR,
    Kind.COMPLAINT,
    Kind.INQUIRY,
    Kind.SUGGESTION,
    Kind.PRAISE,
    Kind.SERVICE,
    Kind.CHATTER,
)

PRIOR: dict[Kind, float] = {_R: 0.3, _C: 0.2, _I: 0.0, _S: -0.8, _P: -0.8, _V: -1.0, _X: 1.6}

NO_WORD_OF_A_BUILDING: dict[Kind, float] = {_X: 1.5}
NOTHING_SAID_OF_IT: dict[Kind, float] = {_X: 0.7}
SAYING = frozenset(
    {
        "fault",
        "mess",
        "job",
        "unsolved",
        "nuisance",
        "blame",
        "often",
        "question",
        "why",
        "info",
        "status",
        "wish",
        "praise",
        "service",
        "danger",
    }
)
"""Cues that say something of a thing. A thing merely named is mostly talk."""

UNIT_NAMED: dict[Kind, float] = {_R: 1.3, _X: -1.0}

CUES: dict[str, dict[Kind, float]] = {
    "thing": {_X: -1.2},
    "estate": {_X: -0.5, _C: 0.2},
    "whereabouts": {_X: -0.2, _C: 0.1},
    "person": {_X: 0.6},
    "addressed": {},
    "danger": {_R: 1.5, _X: -0.4},
    "negation": {},
    "fault": {_R: 1.8, _C: 0.2, _S: -0.3, _X: -0.4},
    "mess": {_R: 1.2, _C: 0.6, _X: -0.6},
    "job": {_R: 1.3, _S: 0.1, _V: 0.2, _X: -0.8},
    "unsolved": {_R: 1.2, _C: 0.9, _X: -1.0, _P: -1.0},
    "nuisance": {_C: 1.6, _X: -0.4},
    "blame": {_C: 1.9, _X: -0.6, _P: -1.0},
    "often": {_C: 0.8, _X: -0.1},
    "question": {_I: 1.2, _X: 0.2, _R: -0.2, _C: -0.2},
    "why": {_C: 0.6, _I: 0.3},
    "info": {_I: 1.6, _X: -0.6},
    "status": {_I: 1.5, _R: 0.2, _X: -0.3},
    "wish": {_S: 2.1, _X: -0.4},
    "praise": {_P: 2.2, _R: -0.6},
    "thanks": {_P: 0.8, _X: 0.5},
    "service": {_V: 1.9, _X: -0.5, _R: -0.2},
    "resolved": {_X: 2.2, _R: -0.8, _P: 0.5},
    "advert": {_X: 2.4},
    "barter": {_X: 2.2},
    "notice": {_X: 2.6},
    "greeting": {_X: 1.2},
    "reply": {_X: 0.8},
    "joke": {_X: 1.8},
    "elsewhere": {_X: 2.5},
    "smalltalk": {_X: 1.3},
    "advice": {_X: 1.6},
}
"""Cue to weights. `thing` and `danger` are found by the reading itself, all others in the phrase files."""

TOGETHER: dict[tuple[str, str], dict[Kind, float]] = {
    ("thing", "fault"): {_R: 0.8, _X: -0.8},
    ("thing", "negation"): {_R: 0.4, _C: 0.3, _X: -0.4},
    ("thing", "question"): {_I: 0.8, _X: -0.4},
    ("thing", "job"): {_R: 0.4, _X: -0.5},
    ("fault", "question"): {_R: 0.1, _I: 0.2},
    ("fault", "often"): {_C: 0.5},
    ("praise", "thanks"): {_P: 0.8, _X: -0.8},
    ("praise", "thing"): {_P: 0.3},
    ("fault", "smalltalk"): {_R: -0.5, _X: 0.6},
    ("advert", "job"): {_R: -1.2, _X: 0.6},
    ("notice", "job"): {_R: -1.2, _X: 0.6},
    ("notice", "fault"): {_R: -1.0, _X: 0.6},
    ("elsewhere", "fault"): {_R: -1.0, _X: 0.6},
    ("elsewhere", "blame"): {_C: -1.0, _X: 0.4},
    ("elsewhere", "danger"): {_R: -1.0},
    ("info", "resolved"): {_X: -1.6, _I: 0.5},
    ("advice", "fault"): {_R: -0.6, _X: 0.4},
    ("advice", "job"): {_R: -0.8, _X: 0.4},
    ("joke", "fault"): {_R: -0.8, _X: 0.3},
    ("wish", "question"): {_I: -1.3, _S: 0.4},
    ("wish", "info"): {_I: 0.6},
    ("status", "resolved"): {_X: -2.0, _I: 0.8},
    ("question", "resolved"): {_X: -0.7},
    ("service", "question"): {_I: -0.4, _V: 0.6},
    ("resolved", "unsolved"): {_X: -2.5, _R: 0.8},
    ("thanks", "job"): {_P: -1.0, _X: -0.6},
    ("thanks", "fault"): {_P: -0.6, _X: -0.4},
    ("praise", "fault"): {_P: -0.3},
}

TRADES: dict[Trade, dict[Kind, float]] = {
    Trade.PLUMBING: {_R: 0.5},
    Trade.ELECTRICAL: {_R: 0.4},
    Trade.LIFT: {_R: 0.3},
    Trade.HVAC: {_R: 0.4},
    Trade.DOOR_ACCESS: {_R: 0.3},
    Trade.STRUCTURE: {_R: 0.4},
    Trade.CLEANING: {_R: 0.4, _C: 0.2},
    Trade.PEST: {_R: 0.3, _C: 0.2},
    Trade.SECURITY: {_C: 0.6},
    Trade.PARKING: {_C: 0.6, _I: 0.1},
    Trade.NOISE: {_C: 1.2},
    Trade.FACILITIES: {_R: 0.1},
    Trade.GAS: {_I: 0.2},
    Trade.NETWORK: {},
    Trade.FIRE_SAFETY: {_R: 0.2, _C: 0.2},
    Trade.APPLIANCE: {_R: 0.3},
    Trade.FEES: {_C: 0.5, _I: 0.5},
    Trade.NEIGHBOUR: {_C: 0.9},
    Trade.GREEN: {_R: 0.2},
    Trade.STAFF: {_C: 0.4, _P: 0.5},
    Trade.OTHER: {_I: 0.4},
}
"""What is mostly said about each trade."""
