"""Days in words, as people say them in the three languages: i går, mandag, om en uke, 3 days ago, 12. mars."""

import re
from calendar import monthrange
from datetime import date, timedelta

WORDS = {
    "i dag": 0, "idag": 0, "today": 0,
    "i går": -1, "igår": -1, "yesterday": -1,
    "i forgårs": -2, "i førgår": -2, "forgårs": -2,
    "i morgen": 1, "i morgon": 1, "imorgen": 1, "imorgon": 1, "tomorrow": 1,
    "i overmorgen": 2, "i overmorgon": 2, "overmorgen": 2, "overmorgon": 2, "the day after tomorrow": 2,
}  # fmt: skip
WEEKDAYS = (
    ("mandag", "måndag", "monday", "man", "mån", "mon"),
    ("tirsdag", "tysdag", "tuesday", "tir", "tys", "tue"),
    ("onsdag", "wednesday", "ons", "wed"),
    ("torsdag", "thursday", "tor", "thu"),
    ("fredag", "friday", "fre", "fri"),
    ("lørdag", "laurdag", "saturday", "lør", "lau", "sat"),
    ("søndag", "sundag", "sunday", "søn", "sun"),
)
MONTHS = (
    ("januar", "january", "jan"), ("februar", "february", "feb"), ("mars", "march", "mar"), ("april", "apr"),
    ("mai", "may"), ("juni", "june", "jun"), ("juli", "july", "jul"), ("august", "aug"),
    ("september", "sept", "sep"), ("oktober", "october", "okt", "oct"), ("november", "nov"),
    ("desember", "december", "des", "dec"),
)  # fmt: skip
NUMBERS = {
    word: number
    for number, words in enumerate(
        ("en ein ei ett eit én éin a an one", "to two", "tre three", "fire four", "fem five", "seks six",
         "sju syv seven", "åtte eight", "ni nine", "ti ten"), start=1)
    for word in words.split()
}  # fmt: skip
WEEK = 7
AHEAD, BEHIND = ("neste", "next", "kommende", "komande", "førstkommende"), ("sist", "siste", "forrige", "førre", "last")
_AWAY = re.compile(
    r"(?:(?P<ahead>om|in)\s+)?(?:for\s+)?(?P<number>\w+)\s+(?P<unit>\w+)(?:\s+(?P<behind>siden|sidan|ago))?"
)
_UNITS = {
    **dict.fromkeys(("dag", "dager", "dagar", "day", "days"), "day"),
    **dict.fromkeys(("uke", "uker", "veke", "veker", "week", "weeks"), "week"),
    **dict.fromkeys(("måned", "måneder", "månad", "månader", "month", "months"), "month"),
}
_NAMED = re.compile(r"(\d{1,2})\.?\s*([a-zæøå]+)\.?(?:\s+(\d{4}))?")


def in_words(words: str, on: date, *, ahead: bool) -> date | None:
    """None when the words, in small letters, name no day."""
    if words in WORDS:
        return on + timedelta(days=WORDS[words])
    return _weekday(words, on, ahead=ahead) or _away(words, on)


def _weekday(words: str, on: date, *, ahead: bool) -> date | None:
    """The nearest one: today may be meant for what is behind us, and never for what is ahead."""
    *before, name = words.removeprefix("på ").removeprefix("on ").removesuffix(".").split()
    found = next((day for day, names in enumerate(WEEKDAYS) if name in names), None)
    if found is None or len(before) > 1:
        return None
    if before and before[0] not in (*AHEAD, *BEHIND):
        return None
    if before[0] in AHEAD if before else ahead:
        return on + timedelta(days=(found - on.weekday() - 1) % WEEK + 1)
    passed = (on.weekday() - found) % WEEK
    return on - timedelta(days=passed or (WEEK if before else 0))


def _away(words: str, on: date) -> date | None:
    match = _AWAY.fullmatch(words)
    if match is None or bool(match["ahead"]) == bool(match["behind"]):
        return None
    unit, number = _UNITS.get(match["unit"]), _number(match["number"])
    if unit is None or number is None:
        return None
    number = number if match["ahead"] else -number
    try:
        if unit == "month":
            return _months_away(on, number)
        return on + timedelta(days=number * (WEEK if unit == "week" else 1))
    except (ValueError, OverflowError):
        return None


def _number(given: str) -> int | None:
    return NUMBERS.get(given) or (int(given) if given.isdecimal() and len(given) <= 3 else None)


def _months_away(on: date, number: int) -> date:
    """The same day of that month, or its last one."""
    year, month = divmod(on.year * 12 + on.month - 1 + number, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def named_month(words: str) -> tuple[int, int, int | None] | None:
    """Day, month and perhaps year of «12. mars 2026»."""
    match = _NAMED.fullmatch(words)
    if match is None:
        return None
    month = next((place for place, names in enumerate(MONTHS, start=1) if match[2] in names), None)
    return (int(match[1]), month, int(match[3]) if match[3] else None) if month else None
