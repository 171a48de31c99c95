"""The participant's sheet: what stands on it in both languages, and the one page it is printed on."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from se_engine.printing.pairs import Beside, Pair, direction
from se_engine.printing.paper import pages, pdf
from se_engine.queries.sheet import Appointment, OwnWords, Sheet

STEPS = ("engagement", "profiling", "job_finding", "employer_engagement", "job_support")
AFTER = ("follow_up", "ended")
PLAIN = {"in_person": "meet", "phone": "call", "video": "video"}
LONGEST_WORDS = 500
"""Letters of her own words that one page has room for, whatever the language; the plan has all of them."""
TEMPLATE, PHOTO = "sheet", "photo"


@dataclass(frozen=True)
class Place:
    """One of the five pictures, or what comes after them: where she has been, is, and has not been."""

    key: str
    title: Pair
    state: str
    """done, now or remaining."""


@dataclass(frozen=True)
class Told:
    """Everything on the sheet, worded: the page and the paper show the same."""

    both: Beside
    places: tuple[Place, ...]
    after: Place | None
    what: tuple[Pair, ...]
    who: Pair | None
    when: Appointment | None
    own: OwnWords | None
    refusals: tuple[tuple[Pair, Pair], ...]
    """Three ways to say no: the words, and how."""

    def pair(self, key: str) -> Pair:
        return self.both(key)


def told(sheet: Sheet, both: Beside) -> Told:
    person = sheet.specialist.name if sheet.specialist else sheet.office
    return Told(
        both=both,
        places=tuple(Place(key, both(f"step_{key}"), _state(sheet, key)) for key in STEPS),
        after=_after(sheet, both),
        what=_what(sheet, both, person),
        who=both("person_does_it", person=person) if not sheet.page.ended else None,
        when=sheet.appointment,
        own=shortened(sheet.own),
        refusals=(
            (both("disagree"), both("disagree_how", person=person)),
            (both("stop"), both("stop_how")),
            (both("complain"), both("complain_how", office=sheet.office)),
        ),
    )


def _state(sheet: Sheet, key: str) -> str:
    """A step she came past without standing in it counts as done: on her way it lies behind her."""
    step = sheet.page.case.step
    if step == key:
        return "now"
    if step in AFTER:
        return "done"
    return "done" if step in STEPS and STEPS.index(key) < STEPS.index(step) else "remaining"


def _after(sheet: Sheet, both: Beside) -> Place | None:
    step = sheet.page.case.step
    return Place(step, both(f"step_{step}"), "now") if step in AFTER else None


def _what(sheet: Sheet, both: Beside, person: str) -> tuple[Pair, ...]:
    """The meeting first, or that there is none; then what the step she is in consists of."""
    when, step = sheet.appointment, sheet.page.case.step
    step_words = both(f"next_{step}") if step in (*STEPS, *AFTER) else None
    if sheet.page.ended:
        first = None
    elif when is None:
        first = both("no_date", person=person)
    else:
        first = both(PLAIN.get(when.channel or "", "meet"), **_caller(when, person)) if when.channel else None
    return tuple(pair for pair in (first, step_words) if pair)


def _caller(when: Appointment, person: str) -> Mapping[str, str]:
    return {"person": when.person or person} if when.channel == "phone" else {}


def shortened(own: OwnWords | None) -> OwnWords | None:
    """Her words whole; where they are longer than a page has room for, their beginning, and that it goes on."""
    if own is None or len(own.words) <= LONGEST_WORDS:
        return own
    begun = own.words[:LONGEST_WORDS].rsplit(maxsplit=1)[0]
    return OwnWords(f"{begun} …", own.language, own.on)


def sheet_pdf(sheet: Sheet, both: Beside) -> bytes:
    """One A4."""
    return pdf(TEMPLATE, _data(sheet, both), drawings=_photo(sheet))


def sheet_pages(sheet: Sheet, both: Beside) -> Sequence[bytes]:
    """The same as pictures."""
    return pages(TEMPLATE, _data(sheet, both), drawings=_photo(sheet))


def _photo(sheet: Sheet) -> Mapping[str, str]:
    """Her specialist's picture, cut to a square, as a drawing: typst is given text alone."""
    found = sheet.specialist
    if found is None or not found.photo:
        return {}
    data = f"data:{found.photo_type};base64,{b64encode(found.photo).decode()}"
    image = f'<image width="100" height="100" preserveAspectRatio="xMidYMid slice" href="{data}"/>'
    return {PHOTO: f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{image}</svg>'}


def _data(sheet: Sheet, both: Beside) -> dict[str, Any]:
    shown = told(sheet, both)
    on, main = sheet.page.today, both.hers
    return {
        "lang": main.code,
        "dir": main.direction,
        "ours": both.ours.code,
        "year": on.year,
        "month": on.month,
        "day": on.day,
        "title": main["sheet_title"],
        "name": "" if sheet.page.case.protected else sheet.page.name,
        "places": [_place(place) for place in shown.places],
        "after": _place(shown.after) if shown.after else None,
        "what": [_pair(pair) for pair in shown.what],
        "who": _pair(shown.who) if shown.who else None,
        "when": _when(shown.when, both) if shown.when else None,
        "own": {"words": shown.own.words, "dir": direction(shown.own.words)} if shown.own else None,
        "refusals": [{"say": _pair(say), "how": _pair(how)} for say, how in shown.refusals],
        "specialist": _specialist(sheet),
        "unreviewed": "" if both.alone else main.unreviewed,
        "printed": _pair(both.say_on("printed_on", on)),
        "words": {key: _pair(both(key)) for key in WORDS},
    }


WORDS = (
    "sheet_title", "you_are_here", "step_done", "what_next", "who_does_it", "place", "own_words", "no_own_words",
    "your_specialist", "phone", "whom_to_call", "interpreter", "your_sheet",
)  # fmt: skip


def _place(place: Place) -> dict[str, Any]:
    return {"key": place.key, "title": _pair(place.title), "state": place.state}


def _when(when: Appointment, both: Beside) -> dict[str, Any]:
    return {
        "weekday": _pair(both.weekday(when.on)),
        "number": str(when.on.day),
        "month": _pair(both.month(when.on)),
        "clock": _pair(both("clock", time=when.at)) if when.at else None,
        "place": when.place if when.channel == "in_person" else None,
        "words": when.words,
    }


def _specialist(sheet: Sheet) -> dict[str, Any] | None:
    if sheet.specialist is None:
        return None
    return {
        "name": sheet.specialist.name,
        "phone": sheet.specialist.phone or "",
        "photo": bool(sheet.specialist.photo),
    }


def _pair(pair: Pair) -> dict[str, str]:
    return {"hers": pair.hers, "ours": pair.ours}
