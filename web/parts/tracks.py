"""Employer tracks worded: the card, the bar, the sheet, what may be told, and what has happened."""

from collections.abc import Iterable
from typing import Any

from flask import url_for
from flask_babel import format_date, gettext, ngettext

from se_engine import wording
from se_engine.queries.cases import Opened
from se_engine.queries.track_choices import TrackChoice
from se_engine.queries.track_lines import TrackLine, TrackOption
from se_engine.queries.tracks import ContactHere, Sheet, SkillLine, TrackPage
from se_engine.records.tracks import Disclosure, TrackEvent
from se_engine.rules.disclosures import NOT_TOLD
from se_engine.rules.tracks import CLOSE, CLOSING_TALK, NOT_ASKED
from web.language import language
from web.names import language_name
from web.parts.contacts import url as contact_url
from web.parts.moves import reason_text

DOT = " · "


def cards(page: Opened, lines: Iterable[TrackLine]) -> list[dict[str, Any]]:
    return [card(page, line) for line in lines]


def card(page: Opened, line: TrackLine) -> dict[str, Any]:
    """One track in short."""
    track, case_id = line.track, page.id
    return {
        "id": line.id,
        "employer": line.employer,
        "url": url_for("tracks.one", case_id=case_id, track_id=line.id),
        "card_url": url_for("employers.show", employer_id=track.employer_id),
        "ended": line.ended,
        "facts": DOT.join(_facts(line)),
        "wish": _wish(line),
        "steps": step_bar(line),
        "told": told_line(line.disclosure),
        "told_tone": "look" if line.disclosure is None else "plain",
        "score": wording.word("fact_match_score", str(line.score), language()) if line.score else None,
        "next_on": line.next_on,
        "next_passed": line.next_on is not None and line.next_on < line.today,
        "next": next_move(page, line),
        "end": _end(page, line),
        "talk_url": url_for("track_ends.closing_talk", case_id=case_id, track_id=line.id) if line.talk_is_due else None,
        "told_url": url_for("tracks.told", case_id=case_id, track_id=line.id),
        "match_url": url_for("tracks.match", case_id=case_id, track_id=line.id),
        "close_url": url_for("track_ends.close", case_id=case_id, track_id=line.id),
        "note_url": url_for("notes.new", case_id=case_id, kind="employer", employer=track.employer_id),
    }


def _facts(line: TrackLine) -> list[str]:
    track = line.track
    kind = wording.word("track_kind", track.kind, language()) if track.kind else None
    since = gettext("since %(day)s", day=format_date(track.opened_on, "medium"))
    days = ngettext("%(num)s day", "%(num)s days", line.days)
    return [part for part in (track.occupation, kind, since, days) if part]


def _wish(line: TrackLine) -> str | None:
    if line.track.wish is None:
        return None
    named = gettext("Wish %(rank)s", rank=line.track.wish)
    return f"{named}: {line.wish}" if line.wish else named


def _end(page: Opened, line: TrackLine) -> dict[str, Any] | None:
    track = line.track
    if not track.ended_on or not track.close_reason:
        return None
    skill = wording.word("skill", track.close_skill, language()).lower() if track.close_skill else None
    why = wording.word("close_reason", track.close_reason, language())
    talk = wording.word("closing_talk", track.closing_talk, language()) if track.closing_talk else None
    return {
        "on": track.ended_on,
        "why": f"{why} ({skill})" if skill else why,
        "words": page.words.get(track.close_text_id or 0),
        "talk": talk,
        "talk_on": track.closing_talk_on,
        "due": line.talk_is_due,
    }


def step_bar(line: TrackLine) -> list[dict[str, Any]]:
    return [
        {
            "key": stand.step.key,
            "title": stand.step.title.to(language()),
            "state": stand.state if not line.ended or stand.state != "now" else "done",
            "visits": stand.visits,
            "note": ngettext("%(num)s day", "%(num)s days", stand.days) if stand.visits else None,
        }
        for stand in line.stands
    ]


def next_move(page: Opened, line: TrackLine) -> dict[str, Any] | None:
    """Why not yet: the ordinary way on, with what it lacks."""
    return move(page, line, line.next_move) if line.next_move else None


def moves(page: Opened, line: TrackLine) -> list[dict[str, Any]]:
    """Every way from here that this reader may take; an exception only where the ordinary way lacks something.

    A job that came first is registered as a job, and the track follows.
    """
    open_to = {option.to.key for option in line.options if option.takeable and option.move.kind == "forward"}
    shown = [
        option
        for option in line.options
        if option.permitted
        and not (option.move.kind == "exception" and option.to.key in open_to)
        and not (option.move.kind == "found" and not option.takeable)
    ]
    return [move(page, line, option) for option in shown]


def move(page: Opened, line: TrackLine, option: TrackOption) -> dict[str, Any]:
    reasons = [] if option.takeable else [_reason(page, found) for found in option.reasons]
    back = option.move.kind == "back"
    return {
        "title": option.move.title.to(language()),
        "to_title": option.to.title.to(language()),
        "kind": option.move.kind if option.move.kind != "found" else "forward",
        "allowed": option.takeable,
        "reasons": reasons,
        "url": url_for("tracks.move", case_id=page.id, track_id=line.id, way=option.move.trigger),
        "action": gettext("Go back") if back else gettext("Move on"),
    }


def _reason(page: Opened, found: Any) -> dict[str, Any]:
    who = [wording.word("role", role, language()) for role in found.reason.who]
    return {"text": reason_text(found.reason, page.process), "who": who, "url": found.path}


def told_line(found: Disclosure | None) -> str:
    """What may be told, in one line."""
    if found is None:
        return gettext("Not asked yet: nothing may be told")
    decision = wording.word("fact_disclosure_decision", found.decision, language())
    if found.decision == NOT_TOLD or not found.may_tell:
        return decision
    return f"{decision}: {', '.join(_topics(found))}"


def _topics(found: Disclosure) -> list[str]:
    return [wording.word("disclosure_topic", topic, language()).lower() for topic in found.may_tell.split(",") if topic]


def versions(page: TrackPage) -> list[dict[str, Any]]:
    """What may be told, the newest first; each with her words."""
    return [
        {
            "decision": wording.word("fact_disclosure_decision", found.decision, language()),
            "topics": _topics(found),
            "words": _words(page, found.words_text_id),
            "not_told": _words(page, found.not_told_text_id),
            "note": DOT.join(
                part
                for part in (
                    wording.word("disclosure_by", found.by_whom, language()),
                    gettext("since %(day)s", day=format_date(found.happened_on, "medium")),
                    language_name(found.language) if found.language else None,
                    gettext("With an interpreter") if found.interpreter == "yes" else None,
                    page.person(found.recorded_by),
                )
                if part
            ),
        }
        for found in page.versions
    ]


def _words(page: Opened, text_id: int | None) -> str | None:
    if text_id is None:
        return None
    return page.words.get(text_id) or gettext("(the text has been removed)")


def sheet(page: TrackPage, found: Sheet) -> dict[str, Any]:
    match = found.match
    return {
        "day": match.happened_on,
        "score": wording.word("fact_match_score", str(match.own_score), language()) if match.own_score else None,
        "words": _words(page, match.words_text_id),
        "who": page.person(match.recorded_by),
        "rows": [skill(page, line) for line in found.skills if line.required or line.remedy or line.text_id],
    }


def skill(page: TrackPage, line: SkillLine) -> dict[str, Any]:
    """One line of the sheet; the gap in words, not by colour alone."""
    remedy = wording.word("remedy", line.remedy, language()) if line.remedy else None
    return {
        "skill": wording.word("skill", line.skill, language()),
        "required": wording.word("required_level", line.required, language()) if line.required else "–",
        "has": line.has or "–",
        "gap": {"text": gap_words(line), "tone": "look" if line.gap and not remedy else "plain"},
        "remedy": DOT.join(part for part in (remedy, _words(page, line.text_id)) if part) or "–",
    }


def gap_words(line: SkillLine) -> str:
    if line.required == NOT_ASKED:
        return gettext("Nothing is asked")
    if line.gap is None:
        return gettext("Not known")
    if line.gap == 0:
        return gettext("Enough")
    return ngettext("%(num)s level is lacking", "%(num)s levels are lacking", line.gap)


def happenings(page: TrackPage) -> list[dict[str, Any]]:
    """The events of the track, those taken back struck through."""
    voids = {event.voids_id: event for event in page.events if event.voids_id is not None}
    first = min(event.id for event in page.events)
    told = [event for event in page.events if event.voids_id is None]
    return [_happening(page, event, voids.get(event.id), first=event.id == first) for event in told]


def _happening(page: TrackPage, event: TrackEvent, void: TrackEvent | None, *, first: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "kind": {None: "opened", CLOSE: "ended"}.get(event.trigger, "move"),
        "happened_on": event.happened_on,
        "title": _title(page, event),
        "text": _words(page, event.text_id),
        "who": page.person(event.recorded_by),
        "tags": _tags(event),
    }
    if void is not None:
        why = _words(page, void.text_id) or "–"
        day, who = format_date(void.recorded_at, "medium"), page.person(void.recorded_by) or "–"
        told = gettext("Withdrawn %(day)s by %(who)s: %(why)s", day=day, who=who, why=why)
        return shown | {"voided": True, "void_reason": told}
    if not first and event.from_step != event.step:
        there = url_for("track_ends.take_back", case_id=page.id, track_id=page.line_id, happening_id=event.id)
        shown |= {"url": there, "link": gettext("Correct")}
    return shown


def _title(page: TrackPage, event: TrackEvent) -> str:
    process = page.track.process
    if event.trigger == CLOSING_TALK:
        return wording.word("event", "track_closing_talk", language())
    if event.trigger == CLOSE and event.reason:
        why = wording.word("close_reason", event.reason, language())
        return f"{process.step_by_key[event.step].title.to(language())}: {why}"
    of_case = [move.title.to(language()) for move in page.process.moves if move.trigger == event.trigger]
    if event.from_step == event.step and of_case:
        return of_case[0]
    return process.step_by_key[event.step].title.to(language())


def _tags(event: TrackEvent) -> list[dict[str, str]]:
    shown: list[dict[str, str]] = []
    if event.decided_by and event.decided_by != "specialist":
        who = wording.word("decider", event.decided_by, language()).lower()
        shown.append({"text": gettext("decided by %(who)s", who=who), "tone": "plain"})
    if event.open_requirements:
        number = len(event.open_requirements)
        words = ngettext("%(num)s requirement was open", "%(num)s requirements were open", number)
        shown.append({"text": words, "tone": "look"})
    return shown


def contacts(page: TrackPage) -> list[dict[str, Any]]:
    return [_contact(page, found) for found in page.contacts]


def _contact(page: TrackPage, found: ContactHere) -> dict[str, Any]:
    kind, channel = (wording.word(f"contact_{name}", getattr(found, name), language()) for name in ("kind", "channel"))
    return {
        "day": found.happened_on,
        "text": f"{kind}, {channel.lower()}",
        "status": wording.word("contact_status", found.status, language()),
        "url": contact_url(page.id, found.id, found.status),
    }


def choices(found: Iterable[TrackChoice]) -> dict[str, str]:
    """The running tracks for a field that names one."""
    return {str(track.id): f"{track.employer} ({track.step.title.to(language())})" for track in found}


def short(case_id: int, found: Iterable[TrackChoice]) -> list[dict[str, Any]]:
    """The running tracks on the page of the case."""
    return [
        {
            "employer": track.employer,
            "step": track.step.title.to(language()),
            "url": url_for("tracks.one", case_id=case_id, track_id=track.id),
        }
        for track in found
    ]
