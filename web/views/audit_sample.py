"""The sample of an audit: what it is drawn from, which cases are read, and which took another's place."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from se_engine import wording
from se_engine.actions.audit_samples import CHANGED_IN, DRAWN_IN, MOST_CHOSEN, choose_case, draw_sample, replace_case
from se_engine.actions.trail import write_trail
from se_engine.queries.audit_samples import (
    SEEN_BY_UNIT,
    Sampled,
    candidates,
    frame_for,
    sample_of,
    sampled_cases,
)
from se_engine.queries.audits import AuditHead, audit_head
from se_engine.queries.case_lists import cases_by_number
from se_engine.rules.audits import RATERS, READING
from se_engine.rules.errors import NotFound, NotPermitted, Refused
from web.addresses import ID
from web.audit_forms import AUDIT, BOTH, audit_form
from web.auth import actor
from web.forms.audit_samples import ChooseForm, DrawForm, ReplaceForm
from web.language import language
from web.parts import audits as parts
from web.parts.audit_sample import case_row, choice, stratum_row
from web.session import afterwards, reading, session

blueprint = Blueprint("audit_sample", __name__, url_prefix=AUDIT)
SAMPLE = "sample"


@blueprint.get("/sample")
def show(audit_id: int) -> ResponseReturnValue:
    head = audit_head(session(), actor(), audit_id)
    rows = sampled_cases(session(), audit_id)
    return _for_unit(head, rows) if head.is_unit else _for_auditors(head, rows)


def _for_auditors(head: AuditHead, rows: list[Sampled]) -> str:
    sample = sample_of(session(), head.id)
    frame = frame_for(session(), head.audit) if sample is None else None
    changes = sample is not None and head.part in RATERS and head.audit.step in CHANGED_IN
    return render_template(
        "audits/sample.html",
        frame=parts.of_audit(head, SAMPLE),
        sample=sample,
        size=len(frame.cases) if frame else sample.frame_size if sample else 0,
        protected=frame.protected if frame else 0,
        strata=[stratum_row(row) for row in (sample.strata or [])] if sample else [],
        cases=[case_row(head, one, rows, changes=changes) for one in rows if not one.marks_out],
        draw_url=url_for("audit_sample.draw", audit_id=head.id) if sample is None and _draws(head) else None,
        choose_url=url_for("audit_sample.choose", audit_id=head.id) if changes and not _is_full(rows) else None,
        reads=head.audit.step in READING and head.part in RATERS,
    )


def _draws(head: AuditHead) -> bool:
    return head.is_lead and head.audit.step == DRAWN_IN


def _is_full(rows: list[Sampled]) -> bool:
    return sum(one.row.drawn == "purposive" for one in rows) >= MOST_CHOSEN


def _for_unit(head: AuditHead, rows: list[Sampled]) -> str:
    """Which cases are read, once reading has begun, so that those they are about can be asked; not before."""
    seen = bool(rows) and head.audit.step in SEEN_BY_UNIT
    standing = [one.row for one in rows if one.stands] if seen else []
    lines = {line.case_id: line for line in cases_by_number(session(), actor(), [row.case_id for row in standing])}
    if seen:
        who = actor()
        afterwards(lambda own: write_trail(own, who, "audit_sample_shown", detail={"audit": head.id}))
    return render_template(
        "audits/sample_of_unit.html",
        frame=parts.of_audit(head, SAMPLE),
        seen=seen,
        cases=[
            {
                "number": row.number,
                "drawn": wording.word("audit_drawn", row.drawn, language()),
                "name": lines[row.case_id].name if row.case_id in lines else None,
                "url": url_for("cases.show", case_id=row.case_id) if row.case_id in lines else None,
                "owner": lines[row.case_id].owner if row.case_id in lines else None,
            }
            for row in standing
        ],
    )


@blueprint.route("/sample/draw", methods=BOTH)
def draw(audit_id: int) -> ResponseReturnValue:
    head = audit_head(reading(), actor(), audit_id)
    if not head.is_lead:
        raise NotPermitted("not_your_part")
    form, frame = DrawForm(), frame_for(reading(), head.audit)
    form.fit(len(frame.cases))
    there = ngettext("There is %(num)s case to draw from.", "There are %(num)s cases to draw from.", len(frame.cases))
    return audit_form(
        head,
        form,
        lambda: draw_sample(session(), actor(), audit_id, size=form.size.data or 0, seed=form.seed.data),
        page=SAMPLE,
        title=gettext("Draw the sample"),
        lead=there + " " + gettext("10 to 15 are usual; with few, take all of them. It is drawn once."),
        submit=gettext("Draw"),
        said=gettext("The sample is drawn. The seed and the hash of the frame are kept with it."),
    )


@blueprint.route(f"/sample/<{ID}:number>/replace", methods=BOTH)
def replace(audit_id: int, number: int) -> ResponseReturnValue:
    head = audit_head(reading(), actor(), audit_id)
    if head.part not in RATERS:
        raise NotPermitted("not_your_part")
    standing = {one.row.number for one in sampled_cases(reading(), audit_id) if one.stands}
    if number not in standing:
        raise NotFound()
    form = ReplaceForm()
    return audit_form(
        head,
        form,
        lambda: replace_case(
            session(), actor(), audit_id, number, reason=form.reason.data, words=form.words.data or ""
        ),
        page=SAMPLE,
        title=gettext("Replace case %(number)s", number=number),
        lead=gettext("The next of the same kind takes its place by lot. The one that goes out stays in the list."),
        submit=gettext("Replace it"),
        said=gettext("The case is out of the sample."),
    )


@blueprint.route("/sample/choose", methods=BOTH)
def choose(audit_id: int) -> ResponseReturnValue:
    head = audit_head(reading(), actor(), audit_id)
    if head.part not in RATERS:
        raise NotPermitted("not_your_part")
    sample = sample_of(reading(), audit_id)
    if sample is None:
        raise Refused("sample_drawn")
    form = ChooseForm()
    form.case.offer((handle, choice(handle, case)) for handle, case in candidates(reading(), head.audit, sample))
    return audit_form(
        head,
        form,
        lambda: choose_case(
            session(),
            actor(),
            audit_id,
            handle=form.case.data or "",
            reason=form.reason.data,
            words=form.words.data or "",
        ),
        page=SAMPLE,
        title=gettext("Choose a case in addition"),
        lead=gettext("It is marked in the report, and percentages leave it out. No more than five."),
        submit=gettext("Add the case"),
        said=gettext("The case is in the sample, marked as chosen."),
    )
