"""What happens to a document: approved, signed on paper, explained, shared, commented on, printed; or taken back."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from se_engine.actions.document_facts import came_into_force, fell_out_of_force
from se_engine.actions.documents import check_day, check_open
from se_engine.actions.safe_text import check_words
from se_engine.actions.tasks import INTERPRETER
from se_engine.actions.texts import keep_note, keep_text
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access import access_of_case
from se_engine.queries.documents import Found, contents_of, found_of, open_document
from se_engine.records.cases import Case
from se_engine.records.documents import Document, DocumentEvent
from se_engine.records.texts import KeptText
from se_engine.rules.documents import FORMS, check_complete, check_deadline, check_party, in_effect
from se_engine.rules.errors import NotFound, NotPermitted, Refused, Stale
from se_engine.rules.identity import check_language
from se_engine.rules.roles import SUPERVISION, Actor
from se_engine.rules.vocabulary import check_code

HERS = ("participant", "guardian")
"""Those to whom it must be told in which language it was read, and with whose help."""


def approve_document(
    session: Session,
    actor: Actor,
    document_id: int,
    *,
    seen_version: int | None,
    party: str,
    happened_on: date,
    form: str = "oral",
    language: str | None = None,
    interpreter: str | None = None,
    words: str = "",
    on_behalf: bool = False,
    because: str = "",
    kept: bool = False,
) -> DocumentEvent:
    """One party agrees to the newest version; `on_behalf`: somebody else spoke for it, and says why."""
    found, case = _opened(session, actor, document_id, seen_version, happened_on)
    _check_complete(session, case, found)
    _check_may_agree(actor, found, party)
    check_code("form", form, FORMS)
    _check_read(party, language, interpreter)
    text = _said(session, case, words=words, because=because, on_behalf=on_behalf, kept=kept)
    made = _write(
        session, actor, case, found, "approved", happened_on, party=party, form=form, on_behalf=on_behalf, text=text,
        **_read(party, language, interpreter),
    )  # fmt: skip
    _see_whether_all_agree(session, actor, case, found)
    return made


def sign_document(
    session: Session,
    actor: Actor,
    document_id: int,
    *,
    seen_version: int | None,
    parties: Collection[str],
    happened_on: date,
    language: str | None,
    interpreter: str | None,
) -> list[DocumentEvent]:
    """Signed on paper, by one or more at once: the day, the language it was read in, and whether with interpreter."""
    found, case = _opened(session, actor, document_id, seen_version, happened_on)
    _check_complete(session, case, found)
    if not parties:
        raise Refused("document_nobody_signed", field="parties")
    for party in parties:
        _check_may_agree(actor, found, party)
        _check_read(party, language, interpreter)
    made = [
        _write(
            session, actor, case, found, "signed", happened_on, party=party, form="paper",
            **_read(party, language, interpreter),
        )
        for party in dict.fromkeys(parties)
    ]  # fmt: skip
    _see_whether_all_agree(session, actor, case, found)
    return made


def explain_document(
    session: Session,
    actor: Actor,
    document_id: int,
    *,
    seen_version: int | None,
    happened_on: date,
    language: str | None,
    interpreter: str | None,
    teach_back: bool,
    words: str = "",
    kept: bool = False,
) -> DocumentEvent:
    """It was gone through with her; only what she told back, in her own words, counts as understood."""
    found, case = _opened(session, actor, document_id, seen_version, happened_on)
    _check_read("participant", language, interpreter)
    if teach_back and not words.strip():
        raise Refused("teach_back_in_her_words", field="words")
    text = _said(session, case, words=words, kept=kept)
    return _write(
        session, actor, case, found, "explained", happened_on, party="participant", form="oral", language=language,
        interpreter=interpreter, teach_back=teach_back, text=text,
    )  # fmt: skip


def share_document(
    session: Session,
    actor: Actor,
    document_id: int,
    *,
    seen_version: int | None,
    happened_on: date,
    deadline_on: date | None,
    form: str = "paper",
    language: str | None = None,
) -> DocumentEvent:
    """She has it, and knows until when she may comment."""
    found, case = _opened(session, actor, document_id, seen_version, happened_on)
    _check_complete(session, case, found)
    check_code("form", form, FORMS)
    check_deadline(happened_on, deadline_on)
    if language:
        check_language(language)
    return _write(
        session, actor, case, found, "shared", happened_on, party="participant", form=form, language=language or None,
        deadline_on=deadline_on,
    )  # fmt: skip


def comment_document(
    session: Session,
    actor: Actor,
    document_id: int,
    *,
    seen_version: int | None,
    happened_on: date,
    words: str = "",
    on_behalf: bool = False,
    because: str = "",
    language: str | None = None,
    interpreter: str | None = None,
    kept: bool = False,
) -> DocumentEvent:
    """Her comment on what was shared; or, on her behalf, why there is none from her."""
    found, case = _opened(session, actor, document_id, seen_version, happened_on)
    shared = [one for one in in_effect(found.happenings) if one.what == "shared" and one.number == found.version.number]
    if not shared:
        raise Refused("document_not_shared")
    if happened_on < shared[-1].happened_on:
        raise Refused("before_sharing", day=happened_on.isoformat(), shared=shared[-1].happened_on.isoformat())
    if not on_behalf and not words.strip():
        raise Refused("comment_or_because", field="words")
    text = _said(session, case, words=words, because=because, on_behalf=on_behalf, kept=kept)
    if language:
        check_language(language)
    return _write(
        session, actor, case, found, "commented", happened_on, party="participant", form="oral",
        language=language or None, interpreter=interpreter if interpreter in INTERPRETER else None,
        on_behalf=on_behalf, text=text,
    )  # fmt: skip


def note_printed(
    session: Session, actor: Actor, document_id: int, *, language: str, happened_on: date
) -> DocumentEvent:
    """The newest version was printed or opened as PDF, in that language beside Norwegian."""
    found, case = open_document(session, actor, document_id, lock=True)
    return _write(session, actor, case, found, "printed", happened_on, language=language)


def withdraw_event(
    session: Session, actor: Actor, event_id: int, *, why: str, happened_on: date, kept: bool = False
) -> DocumentEvent:
    """An approval, a signature or a share that is no longer so, or was written down wrongly; it stays readable."""
    event = session.get(DocumentEvent, event_id)
    if event is None:
        raise NotFound()
    document, case = access_of_case(session, actor, Document, event.document_id, lock=True)
    found = found_of(session, case, document)
    check_day(session, case, found.kind, happened_on)
    standing = {one.id for one in in_effect(found.happenings)}
    if event.id not in standing or event.what == "printed":
        raise Refused("already_withdrawn")
    if not why.strip():
        raise Refused("reason_needed", field="why")
    check_words(session, case, kept=kept, why=why)
    text = keep_text(session, case.participant, "document_event", why.strip())
    gone = _write(
        session, actor, case, found, "withdrawn", happened_on, party=event.party, text=text, voids_id=event.id,
        version_id=event.version_id,
    )  # fmt: skip
    if found.standing.status == "in_force" and found_of(session, case, document).standing.status != "in_force":
        fell_out_of_force(session, actor, case, found, text)
    return gone


def _opened(session: Session, actor: Actor, document_id: int, seen_version: int | None, on: date) -> tuple[Found, Case]:
    """The document, held until the transaction ends, in the version that was seen."""
    found, case = open_document(session, actor, document_id, lock=True)
    if seen_version is not None and found.version.number != seen_version:
        raise Stale()
    check_day(session, case, found.kind, on)
    check_open(found.document)
    if on < found.version.happened_on:
        raise Refused("before_last_version", day=on.isoformat(), written=found.version.happened_on.isoformat())
    return found, case


def _check_complete(session: Session, case: Case, found: Found) -> None:
    content = contents_of(session, case.participant, [found.version])[found.version.id]
    check_complete(found.kind, content, told=found.circumstances.told)


def _check_may_agree(actor: Actor, found: Found, party: str) -> None:
    check_party(found.kind, found.circumstances, party)
    if party == "supervisor" and actor.role not in SUPERVISION:
        raise NotPermitted()
    if party in found.standing.agreed:
        raise Refused("already_agreed", party=party)


def _check_read(party: str, language: str | None, interpreter: str | None) -> None:
    """For her it is always told in which language, and whether an interpreter helped."""
    if language:
        check_language(language)
    elif party in HERS:
        raise Refused("document_language_needed", field="language")
    if party in HERS and interpreter not in INTERPRETER:
        raise Refused("document_interpreter_needed", field="interpreter")


def _read(party: str, language: str | None, interpreter: str | None) -> dict[str, Any]:
    """Of a workplace and of ourselves nobody asks in which language they read."""
    return {"language": language, "interpreter": interpreter} if party in HERS else {}


def _said(
    session: Session, case: Case, *, words: str, kept: bool, because: str = "", on_behalf: bool = False
) -> KeptText | None:
    """Her words, or why somebody spoke for her."""
    if on_behalf and not because.strip():
        raise Refused("on_behalf_because", field="because")
    name, given = ("because", because) if on_behalf else ("words", words)
    check_words(session, case, kept=kept, **{name: given})
    return keep_note(session, case.participant, "document_event", given)


def _write(
    session: Session,
    actor: Actor,
    case: Case,
    found: Found,
    what: str,
    happened_on: date,
    *,
    text: KeptText | None = None,
    version_id: int | None = None,
    **particulars: Any,
) -> DocumentEvent:
    event = DocumentEvent(
        document_id=found.id,
        version_id=version_id or found.version.id,
        what=what,
        happened_on=happened_on,
        text_id=text.id if text else None,
        recorded_by=actor.user_id,
        recorded_at=now(session),
        **particulars,
    )
    session.add(event)
    session.flush()
    write_trail(
        session, actor, f"document_{what}", case=case, happened_on=happened_on, text=text,
        detail={
            "document": found.id, "kind": found.document.kind, "version": found.version.number, "event": event.id,
            "party": event.party, "language": event.language,
        },
    )  # fmt: skip
    return event


def _see_whether_all_agree(session: Session, actor: Actor, case: Case, before: Found) -> None:
    after = found_of(session, case, before.document)
    if after.standing.status == "in_force" and before.standing.status != "in_force":
        came_into_force(session, actor, case, after)
