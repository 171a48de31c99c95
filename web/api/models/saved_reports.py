"""Saved reports as they are listed and shown."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from web.api.answers import Answer
from web.api.bodies import Query
from web.api.fields import Number


class SavedQuery(Query):
    cursor: Annotated[Number, Field(description="`next` of the page before")] = 0
    limit: Annotated[Number, Field(ge=1, le=200)] = 50


class OneSavedQuery(Query):
    today: Annotated[bool, Field(description="ask once more, and tell whether a number is another today")] = False


class SavedLine(Answer):
    saved_id: int
    name: str
    report: str
    as_of: date
    saved_at: datetime
    withdrawn_at: datetime | None


class SavedReports(Answer):
    saved: list[SavedLine]
    next: Annotated[int | None, Field(description="the cursor of the next page")]


class SinceSaved(Answer):
    """Under the version it was saved by, numbers are others only where facts were recorded or corrected later."""

    code: Annotated[str, Field(description="same, others, moved_on, not_told or not_asked")]
    others: Annotated[int, Field(description="numbers that are others today")]
    refused: Annotated[str | None, Field(description="why it cannot be asked once more")]


class SavedReport(SavedLine):
    """The answer is that of its report under `definition_version`; `definition_today` another where it has moved on."""

    definition_version: int
    definition_today: int | None
    question: dict[str, Any]
    answer: dict[str, Any]
    today: SinceSaved | None = None
