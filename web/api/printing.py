"""A document and the participant's sheet as PDF, and that she was given the sheet."""

from flask import Response

from se_engine import her_language
from se_engine.actions.document_events import note_printed
from se_engine.actions.sheet import hand_over_sheet as hand_over
from se_engine.actions.sheet import note_sheet_printed
from se_engine.printing.documents import document_pdf
from se_engine.printing.pairs import Beside
from se_engine.printing.sheet import sheet_pdf
from se_engine.queries.access import access_of_case
from se_engine.queries.document_print import printable
from se_engine.queries.sheet import sheet_of
from se_engine.records.documents import Document
from se_engine.rules.errors import Refused
from se_engine.rules.identity import check_language
from se_engine.rules.languages import NORWEGIAN
from web.api.blueprint import CASE, DOCUMENT, api
from web.api.describing import PDF, prints, writes
from web.api.models import documents as models
from web.api.problems import language
from web.api.writes import Written, once
from web.auth import actor
from web.session import afterwards, session


@api.get(f"{DOCUMENT}/pdf")
@prints(404, 422)
def print_document(document_id: int, query: models.PdfQuery) -> Response:
    """Its newest version to sign, in Norwegian; in another language a copy with Norwegian beside."""
    chosen, who = query.language or _norwegian(), actor()
    check_language(chosen)
    document, case = access_of_case(session(), who, Document, document_id)
    found = printable(session(), who, case.id, document.id)
    both = Beside.of(chosen, chosen if chosen in NORWEGIAN else _norwegian())
    made, on = document_pdf(found, both, language=chosen), found.heading.today
    afterwards(lambda own: note_printed(own, who, document_id, language=chosen, happened_on=on))
    return _file(made, "document")


@api.get(f"{CASE}/sheet/pdf")
@prints(404, 422)
def print_sheet(case_id: int, query: models.SheetQuery) -> Response:
    """Her own sheet: where she is, what comes next, and whom to call, in her language beside Norwegian."""
    page, who = sheet_of(session(), actor(), case_id), actor()
    chosen = query.language or (page.language if page.language not in NORWEGIAN else _norwegian())
    if chosen not in her_language.languages():
        raise Refused("value_unknown", field="language", allowed=", ".join(her_language.languages()))
    made = sheet_pdf(page, Beside.of(chosen, _norwegian()))
    afterwards(lambda own: note_sheet_printed(own, who, case_id, language=chosen))
    return _file(made, "sheet")


@api.post(f"{CASE}/sheet/handed-over")
@writes(models.SheetHandedOver)
@once
def hand_over_sheet(case_id: int, json: models.HandedOver) -> Written:
    """She has it in her hands: evidence for insight into her own record."""
    hand_over(session(), actor(), case_id, **json.model_dump())
    return models.SheetHandedOver(case=case_id, **json.model_dump()), 200, {}


def _norwegian() -> str:
    return "nn" if language() == "nn" else her_language.OURS


def _file(made: bytes, name: str) -> Response:
    """Its name tells nobody whose it is."""
    return Response(made, mimetype=PDF, headers={"Content-Disposition": f'inline; filename="{name}.pdf"'})
