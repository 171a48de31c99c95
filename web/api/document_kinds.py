"""The kinds of documents and what each asks for."""

from typing import Any

from se_engine import document_kinds
from se_engine.rules.document_kinds import DocumentChoice, DocumentField, DocumentKind
from web.api.blueprint import api
from web.api.describing import reads
from web.api.models import documents as models
from web.api.shaping import shaped, titles


@api.get("/document-kinds")
@reads(models.DocumentKinds)
def show_document_kinds() -> models.DocumentKinds:
    """What new versions are written in: fields, who must agree, and what is needed before anybody signs."""
    return models.DocumentKinds(kinds=[_kind(one) for one in document_kinds.every()])


def _kind(found: DocumentKind) -> models.DocumentKind:
    return shaped(
        models.DocumentKind,
        found,
        definition=found.name,
        titles=titles(found.title),
        parties=list(found.parties),
        fields=[_whole(one) for one in found.fields],
    )


def _whole(one: DocumentField) -> models.DocumentField:
    columns = [shaped(models.DefinedField, column, **_field(column)) for column in one.columns]
    return shaped(models.DocumentField, one, **_field(one), columns=columns, rows=_choices(one.rows))


def _field(one: DocumentField) -> dict[str, Any]:
    needed_if = {key: list(answers) for key, answers in one.needed_if.items()}
    return {"titles": titles(one.title), "needed_if": needed_if, "choices": _choices(one.choices)}


def _choices(found: tuple[DocumentChoice, ...]) -> list[models.DefinedChoice]:
    return [models.DefinedChoice(key=one.key, titles=titles(one.title)) for one in found]
