"""Agreements, plans and reports: what they may say, when they are complete, who agrees, and where they stand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from se_engine.rules.document_kinds import PARTIES, DocumentField, DocumentKind, cell_name
from se_engine.rules.errors import Refused

EVENTS = ("approved", "signed", "explained", "shared", "commented", "printed", "withdrawn")
AGREED = ("approved", "signed")
FORMS = ("paper", "oral", "on_screen")
STATUSES = ("draft", "ready", "waiting", "in_force", "comment_due", "comment_late", "finished", "closed")
"""Not complete; complete; some have agreed; all have; she is asked to comment; the day has passed; she did; over."""
REPORT_DAYS, REMIND_AFTER = 90, 76
"""An interim report covers this many days, and somebody is reminded of it after so many."""
ROW = "row"
"""In a row that is always there: which one it is."""
MANY_ROWS = 30

Rows = list[dict[str, str]]
Content = dict[str, str | Rows]
_NUMBER = re.compile(r"\d{1,4}(\.\d)?")


@dataclass(frozen=True)
class Circumstances:
    """What decides who has to agree: whether she may be under age, and whether the employer is told."""

    minor: bool = False
    told: bool = True


@dataclass(frozen=True)
class Happening:
    """Something that happened to one version, as far as the rules look at it."""

    id: int
    number: int
    what: str
    party: str | None
    happened_on: date
    deadline_on: date | None = None
    teach_back: bool | None = None
    on_behalf: bool = False
    voids_id: int | None = None


@dataclass(frozen=True)
class Standing:
    status: str
    waiting_for: tuple[str, ...] = ()
    agreed: Mapping[str, date] = field(default_factory=dict)
    """Who has agreed to the newest version, and when."""
    comment_by: date | None = None
    """Until when she may comment; empty once she has."""
    understood: bool = False
    """She told it back in her own words; nothing else counts."""


def cleaned(kind: DocumentKind, given: Mapping[str, Any]) -> Content:
    """The content as it is kept, without what is empty; Refused names the field and what is wrong."""
    for key in given:
        if key not in kind.field_by_key:
            raise Refused("document_field_unknown", field=key)
    content: Content = {}
    for one in kind.fields:
        found = _rows(one, given.get(one.key)) if one.kind == "rows" else _value(one, given.get(one.key), one.key)
        if found:
            content[one.key] = found
    return content


def _rows(one: DocumentField, given: Any) -> Rows:
    if given in (None, ""):
        return []
    if not isinstance(given, list) or not all(isinstance(row, Mapping) for row in given):
        raise Refused("document_rows_needed", field=one.key)
    if len(given) > MANY_ROWS:
        raise Refused("document_too_many_rows", field=one.key, largest=MANY_ROWS)
    rows = [_row(one, row, number) for number, row in enumerate(given, 1)]
    return [row for row in rows if row.keys() - {ROW}]


def _row(one: DocumentField, given: Mapping[str, Any], number: int) -> dict[str, str]:
    known = {column.key for column in one.columns}
    for key in given:
        if key not in known and not (key == ROW and one.rows):
            raise Refused("document_field_unknown", field=cell_name(one.key, number, str(key)))
    row = {column.key: _value(column, given.get(column.key), cell_name(one.key, number, column.key))
           for column in one.columns}  # fmt: skip
    if one.rows:
        keys = [fixed.key for fixed in one.rows]
        if given.get(ROW) not in keys:
            raise Refused("value_unknown", field=cell_name(one.key, number, ROW), allowed=", ".join(keys))
        row[ROW] = str(given[ROW])
    return {key: value for key, value in row.items() if value}


def _value(one: DocumentField, given: Any, name: str) -> str:
    if given is None:
        return ""
    if not isinstance(given, str):
        raise Refused("document_words_needed", field=name)
    words = given.strip()
    if words and one.kind in _CHECKS:
        _CHECKS[one.kind](one, words, name)
    return words


def _date(one: DocumentField, given: str, name: str) -> None:
    try:
        date.fromisoformat(given)
    except ValueError:
        raise Refused("document_date_unknown", field=name) from None


def _number(one: DocumentField, given: str, name: str) -> None:
    largest = one.at_most or 9999
    if not _NUMBER.fullmatch(given) or not one.at_least <= float(given) <= largest:
        raise Refused("document_number_not_allowed", field=name, smallest=one.at_least, largest=largest)


def _choice(one: DocumentField, given: str, name: str) -> None:
    allowed = [choice.key for choice in one.choices]
    if given not in allowed:
        raise Refused("value_unknown", field=name, allowed=", ".join(allowed))


_CHECKS = {"date": _date, "number": _number, "choice": _choice}


def missing(kind: DocumentKind, content: Mapping[str, Any], *, told: bool = True) -> tuple[str, ...]:
    """The fields that signing still waits for, in their order; a cell of a row that was begun by its own name."""
    return tuple(name for one in kind.shown(told=told) for name in _missing(one, content))


def _missing(one: DocumentField, content: Mapping[str, Any]) -> list[str]:
    given = content.get(one.key)
    if one.kind != "rows":
        return [one.key] if not given and _is_needed(one, content) else []
    rows: Rows = given or []
    fixed = [row.key for row in one.rows]
    gaps = [
        cell_name(one.key, fixed.index(row[ROW]) + 1 if fixed else place, column.key)
        for place, row in enumerate(rows, 1)
        for column in one.columns
        if column.needed and not row.get(column.key)
    ]
    enough = {row[ROW] for row in rows} >= set(fixed) if fixed else len(rows) >= max(one.at_least, 1)
    return [one.key] if _is_needed(one, content) and not enough else gaps


def _is_needed(one: DocumentField, content: Mapping[str, Any]) -> bool:
    return one.needed or any(content.get(other) in answers for other, answers in one.needed_if.items())


def check_complete(kind: DocumentKind, content: Mapping[str, Any], *, told: bool) -> None:
    """Refused before anything is signed or shared that still lacks something; says what."""
    if gaps := missing(kind, content, told=told):
        raise Refused("document_incomplete", document=kind.name, fields=", ".join(gaps))


def parties_of(kind: DocumentKind, circumstances: Circumstances) -> tuple[str, ...]:
    """Who must agree: the employer only where it may be told, a guardian where she may be under age."""
    parties = [party for party in kind.parties if party != "employer" or circumstances.told]
    if kind.guardian and circumstances.minor and parties:
        parties.insert(parties.index("participant") + 1 if "participant" in parties else 0, "guardian")
    return tuple(parties)


def in_effect(happenings: Sequence[Happening]) -> list[Happening]:
    """What was not withdrawn."""
    gone = {one.voids_id for one in happenings if one.what == "withdrawn"}
    return [one for one in happenings if one.what != "withdrawn" and one.id not in gone]


def standing(
    kind: DocumentKind,
    circumstances: Circumstances,
    happenings: Sequence[Happening],
    *,
    number: int,
    complete: bool,
    closed: bool,
    on: date,
) -> Standing:
    """Where a document stands on a day; only what happened to its newest version, `number`, counts."""
    here = [one for one in in_effect(happenings) if one.number == number]
    agreed = {one.party: one.happened_on for one in here if one.what in AGREED and one.party}
    waiting = tuple(party for party in parties_of(kind, circumstances) if party not in agreed)
    shares = [one for one in here if one.what == "shared"]
    commented = any(one.what == "commented" for one in here)
    comment_by = shares[-1].deadline_on if shares and not commented else None
    understood = any(one.what == "explained" and one.teach_back for one in here)
    if closed:
        status = "closed"
    elif not complete:
        status = "draft"
    elif kind.is_report:
        status = _of_report(shares, commented, comment_by, on)
    else:
        status = "in_force" if not waiting else "waiting" if agreed else "ready"
    asked = () if closed or not complete else waiting
    return Standing(status, asked, agreed, None if closed else comment_by, understood)


def _of_report(shares: Sequence[Happening], commented: bool, comment_by: date | None, on: date) -> str:
    if commented:
        return "finished"
    if not shares:
        return "ready"
    return "comment_late" if comment_by is not None and comment_by < on else "comment_due"


def falling(stands: Standing) -> tuple[str, ...]:
    """Whose agreement falls when the content changes."""
    return tuple(party for party in PARTIES if party in stands.agreed)


@dataclass(frozen=True)
class Difference:
    """One field that says something else than before."""

    field: str
    before: str | Rows | None
    after: str | Rows | None


def differences(kind: DocumentKind, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    keys = [one.key for one in kind.fields]
    return tuple(Difference(key, before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key))


def words_in(kind: DocumentKind, content: Mapping[str, Any]) -> dict[str, str]:
    """Every free text by the name of its field or cell: what is looked at before it is kept."""
    free = ("short", "long", "own_words")
    found: dict[str, str] = {}
    for one in kind.fields:
        given = content.get(one.key)
        if one.kind in free and given:
            found[one.key] = given
        for number, row in enumerate(given or () if one.kind == "rows" else (), 1):
            at = [fixed.key for fixed in one.rows].index(row[ROW]) + 1 if one.rows else number
            cells = (column for column in one.columns if column.kind in free and row.get(column.key))
            found |= {cell_name(one.key, at, column.key): row[column.key] for column in cells}
    return found


def own_words(kind: DocumentKind, content: Mapping[str, Any]) -> str:
    """Her own words in it, unchanged."""
    said = (content.get(one.key) for one in kind.fields if one.kind == "own_words")
    return "\n\n".join(words for words in said if words)


def has_three_plans(content: Mapping[str, Any], kind: DocumentKind) -> bool:
    """Plan A, B and C, each with what sets it off, what is done and by when."""
    plans = kind.field_by_key.get("plans")
    if plans is None:
        return False
    rows = content.get("plans") or []
    filled = {row[ROW] for row in rows if all(row.get(column.key) for column in plans.columns if column.needed)}
    return filled >= {fixed.key for fixed in plans.rows}


def next_period(opened_on: date, last_until: date | None) -> tuple[date, date]:
    """What the next interim report covers, from the opening or the day after the last one."""
    first = opened_on if last_until is None else last_until + timedelta(days=1)
    return first, first + timedelta(days=REPORT_DAYS)


def remind_on(opened_on: date, last_until: date | None) -> date:
    """Day 76: two weeks before the report is due."""
    return next_period(opened_on, last_until)[0] + timedelta(days=REMIND_AFTER)


def check_party(kind: DocumentKind, circumstances: Circumstances, party: str) -> None:
    allowed = parties_of(kind, circumstances)
    if party == "employer" and "employer" in kind.parties and not circumstances.told:
        raise Refused("disclosure_needed")
    if party not in allowed:
        raise Refused("not_a_party", party=party, parties=", ".join(allowed) or "–")


def check_deadline(shared_on: date, deadline_on: date | None) -> None:
    if deadline_on is None or deadline_on <= shared_on:
        raise Refused("deadline_after_sharing", field="deadline_on")
