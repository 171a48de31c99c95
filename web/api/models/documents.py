"""Agreements, plans and reports as requests bring them and answers hold them."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from se_engine.rules.choices import INTERPRETER
from se_engine.rules.document_kinds import KINDS, PARTIES
from se_engine.rules.documents import FORMS, MANY_ROWS
from web.api.answers import ETAG, Answer, Titles
from web.api.bodies import Query
from web.api.fields import Body, Code, Day, Flag, Id, Kept, Language, Words

Cells = dict[Code, Words]
Content = Annotated[
    dict[Code, Words | Annotated[list[Cells], Field(max_length=MANY_ROWS)]],
    Field(max_length=100, description="field of the kind → words, or its rows: see /document-kinds"),
]
HerWords = Annotated[Words, Field(description="in her words")]
Party = Literal[*PARTIES]


class NewDocument(Body):
    """An agreement names the employer, a report its period."""

    kind: Literal[*KINDS]
    content: Content
    happened_on: Day
    employer_id: Id | None = None
    from_on: Day | None = None
    until_on: Day | None = None
    kept: Kept = False


class NewDocumentVersion(Body):
    """The whole content as it is from now on."""

    content: Content
    happened_on: Day
    kept: Kept = False


class Read(Body):
    """For her and a guardian: in which language it was read, and whether somebody interpreted."""

    happened_on: Day
    language: Language | None = None
    interpreter: Literal[*INTERPRETER] | None = None


class DocumentApproval(Read):
    party: Party
    form: Literal[*FORMS] = "oral"
    words: HerWords = ""
    on_behalf: Annotated[Flag, Field(description="somebody else spoke for the party")] = False
    because: Annotated[Words, Field(description="why, when it is on behalf")] = ""
    kept: Kept = False


class DocumentSignatures(Read):
    """On paper, by one or more at once."""

    parties: Annotated[list[Party], Field(min_length=1, max_length=len(PARTIES))]


class DocumentExplanation(Read):
    teach_back: Annotated[Flag, Field(description="she told it back: then in `words`; nothing else is understood")]
    words: HerWords = ""
    kept: Kept = False


class DocumentShare(Body):
    happened_on: Day
    deadline_on: Annotated[Day, Field(description="until when she may comment")]
    form: Literal[*FORMS] = "paper"
    language: Language | None = None


class DocumentComment(Read):
    """Hers in `words`; or on her behalf, and why."""

    words: HerWords = ""
    on_behalf: Flag = False
    because: Words = ""
    kept: Kept = False


class DocumentClosing(Body):
    closed_on: Day


class Withdrawal(Body):
    why: Words
    happened_on: Day
    kept: Kept = False


class PdfQuery(Query):
    language: Annotated[Language | None, Field(description="beside Norwegian; left out, Norwegian alone")] = None


class SheetQuery(Query):
    language: Annotated[Language | None, Field(description="beside Norwegian; left out, her own")] = None


class HandedOver(Body):
    language: Language
    happened_on: Day


class DocumentKey(Answer):
    document_id: int
    case: int
    kind: str
    employer_id: int | None
    job_id: int | None
    from_on: date | None
    until_on: date | None
    opened_on: date
    closed_on: date | None
    number: Annotated[int, Field(description="of the newest version")]
    status: Annotated[str, Field(description="draft, ready, waiting, in_force, comment_due, … or closed")]
    waiting_for: Annotated[list[str], Field(description="who has not agreed to the newest version yet")]
    agreed: Annotated[dict[str, date], Field(description="who has, and when")]
    comment_by: date | None
    understood: Annotated[bool, Field(description="she told it back in her own words")]
    etag: ETAG


class DocumentWritten(DocumentKey):
    fell: Annotated[list[str], Field(description="whose agreement fell with what was written")]
    events: Annotated[list[int], Field(description="what was noted, by `event_id`")]


class DocumentLine(DocumentKey):
    employer: str | None


class ReportPeriod(Answer):
    from_on: date
    until_on: date
    remind_on: date | None


class Documents(Answer):
    case: int
    documents: Annotated[list[DocumentLine], Field(description="the newest first")]
    may_begin: Annotated[list[str], Field(description="the kinds of which there can be one more")]
    decided: Annotated[list[int], Field(description="employers of which she has decided what they may know")]
    interim_report: Annotated[ReportPeriod, Field(description="what the next one covers")]


class DocumentVersion(Answer):
    number: int
    definition: str
    complete: bool
    happened_on: date
    changed: Annotated[list[str], Field(description="the fields that say something else than the version before")]
    recorded_at: datetime
    recorded_by: int | None


class DocumentEvent(Answer):
    event_id: int
    number: Annotated[int, Field(description="of the version it happened to")]
    what: str
    party: str | None
    happened_on: date
    deadline_on: date | None
    form: str | None
    language: str | None
    interpreter: str | None
    teach_back: bool | None
    on_behalf: bool
    words: str | None
    voids_id: int | None
    taken_back: bool
    recorded_at: datetime
    recorded_by: int | None


class WholeDocument(DocumentLine):
    definition: str
    content: dict[str, str | list[dict[str, str]]]
    missing: Annotated[list[str], Field(description="the fields that signing waits for")]
    parties: Annotated[list[str], Field(description="who must agree; nobody for a report")]
    would_fall: Annotated[list[str], Field(description="whose agreement falls when the content changes")]
    versions: Annotated[list[DocumentVersion], Field(description="the newest first")]
    events: Annotated[list[DocumentEvent], Field(description="the newest first")]


class SheetHandedOver(Answer):
    case: int
    language: str
    happened_on: date


class DefinedChoice(Answer):
    key: str
    titles: Titles


class DefinedField(Answer):
    key: str
    kind: Annotated[str, Field(description="short, long, own_words, date, number, choice or rows")]
    titles: Titles
    part: str
    whose: str
    needed: bool
    needed_if: dict[str, list[str]]
    if_told: Annotated[bool, Field(description="left out where the employer is told nothing")]
    choices: list[DefinedChoice]
    at_least: int
    at_most: int | None


class DocumentField(DefinedField):
    columns: Annotated[list[DefinedField], Field(description="of its rows")]
    rows: Annotated[list[DefinedChoice], Field(description="rows that are always there, named in the cell `row`")]


class DocumentKind(Answer):
    kind: str
    definition: str
    titles: Titles
    step: str
    about: Annotated[str, Field(description="case, employer or period")]
    parties: list[str]
    guardian: bool
    comment_days: int | None
    after_end: bool
    fields: list[DocumentField]


class DocumentKinds(Answer):
    kinds: list[DocumentKind]
