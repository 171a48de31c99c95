"""One change for many cases: chosen on the worklist, looked at case by case, then done together."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from se_engine import wording
from se_engine.actions.bulk import MOST, Line, NextCheck, carry_out, look
from se_engine.queries.accounts import caseworkers
from se_engine.queries.worklists import all_rows
from se_engine.rules.errors import NotFound, NotPermitted, Refused
from se_engine.rules.roles import SUPERVISION
from web import worklists
from web.auth import actor
from web.errors import problems, status_of
from web.forms.bulk import BulkForm
from web.language import language
from web.numbers import whole_number
from web.session import reading, session

blueprint = Blueprint("bulk", __name__, url_prefix="/bulk")


@blueprint.get("")
def change() -> ResponseReturnValue:
    """Which cases, and what shall become of them."""
    form = _form()
    chosen = _whole_list() if request.args.get("all") else _numbers(request.args.getlist("case"))
    if not chosen:
        flash(_("Choose somebody on the list first."), "look")
        return redirect(url_for("worklist.show"), 303)
    return _ask(form, dict.fromkeys(chosen), [])


@blueprint.post("")
def preview() -> ResponseReturnValue:
    """The dry run: exactly what would happen to each; nothing is written."""
    form, seen = _form(), _seen(request.form.getlist("seen"))
    if not form.validate():
        return _ask(form, seen, []), 422
    try:
        lines = look(reading(), actor(), dict.fromkeys(seen), form.change())
    except Refused as refused:
        return _ask(form, seen, problems(refused)), status_of(refused)
    return _preview(form, lines)


@blueprint.post("/do")
def do() -> ResponseReturnValue:
    form, seen = _form(), _seen(request.form.getlist("seen"))
    if not form.validate():
        return _ask(form, seen, []), 422
    try:
        changed = carry_out(session(), actor(), seen, form.change())
    except Refused as refused:
        found = problems(refused)
        return _preview(form, look(reading(), actor(), seen, form.change()), found), status_of(refused)
    flash(ngettext("%(num)s case is changed.", "%(num)s cases are changed.", changed), "done")
    return redirect(url_for("worklist.show"), 303)


def _form() -> BulkForm:
    if actor().role not in SUPERVISION:
        raise NotPermitted()
    form = BulkForm()
    form.fit(dict(caseworkers(reading(), actor())))
    return form


def _whole_list() -> list[int]:
    _day, rows = all_rows(reading(), actor(), worklists.filters_from(request.args))
    return [row.case_id for row in rows]


def _numbers(given: Sequence[str]) -> list[int]:
    numbers = [whole_number(number) for number in given]
    if None in numbers:
        raise NotFound()
    return [number for number in numbers if number]


def _seen(given: Sequence[str]) -> dict[int, int | None]:
    """`17.3`: the case and the version that the dry run was made from; `17.` before there was one."""
    parts = [pair.partition(".") for pair in given]
    return {whole_number(case) or 0: whole_number(version) for case, _dot, version in parts}


def _ask(form: BulkForm, seen: Mapping[int, int | None], found: list[dict[str, Any]]) -> str:
    return render_template("bulk.html", form=form, seen=seen, count=len(seen), most=MOST, problems=found)


def _preview(form: BulkForm, lines: Sequence[Line], found: Sequence[dict[str, Any]] = ()) -> str:
    change, owners = form.change(), dict(caseworkers(reading(), actor()))
    rows = [_row(line, _change_words(line, change, owners)) for line in lines]
    moving = sum(line.stays is None for line in lines)
    return render_template(
        "bulk_preview.html", form=form, lines=lines, rows=rows, moving=moving, problems=list(found),
        stale=[line for line in lines if line.changed],
    )  # fmt: skip


def _row(line: Line, becomes: str) -> dict[str, Any]:
    if line.stays:
        what = {"text": _("stays"), "tone": "not_yet"}
        why = wording.sentence(line.stays, language())
    else:
        what, why = {"text": becomes, "tone": "planned"}, ""
    name = {"text": line.name, "url": url_for("cases.show", case_id=line.case_id)}
    if line.changed:
        name["note"] = _("changed since you looked")
    return {"name": name, "what": what, "why": why}


def _change_words(line: Line, change: Any, owners: Mapping[int, str]) -> str:
    if isinstance(change, NextCheck):
        return f"{_day(line.next_on)} → {_day(change.on)}"
    return f"{owners.get(line.owner_id or 0) or _('nobody')} → {owners.get(change.owner_id, '–')}"


def _day(day: Any) -> str:
    return format_date(day, "medium") if day else "–"
