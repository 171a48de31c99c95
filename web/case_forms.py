"""A form about a case, from asking for it to the answer: shown, done once, or shown again with what was typed."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from se_engine.queries.headings import Heading, case_heading
from web.answering import Problem, answer, linked
from web.auth import actor
from web.forms.fields import VersionedForm
from web.parts.heading import of_case
from web.session import note_read, session


def case_form(
    case_id: int,
    form: Any,
    act: Callable[[], Any],
    *,
    title: str,
    submit: str,
    said: str | None = None,
    then: Callable[[Any], str] | None = None,
    lead: str | None = None,
    **more: Any,
) -> ResponseReturnValue:
    """One title, one form, one action. Back to the case when it is done, unless `then` says where."""

    def page(problems: list[Problem], stale: bool) -> str:
        heading = case_heading(session(), actor(), case_id)
        return form_page(heading, form, problems, stale=stale, title=title, submit=submit, lead=lead, **more)

    if request.method != "POST":
        return page([], False)
    return answer(form, act, then=then or (lambda _: case_url(case_id)), show=page, said=said)


def form_page(heading: Heading, form: Any, problems: list[Problem], *, stale: bool = False, **shown: Any) -> str:
    """The page of a form, with the newest version once the one that was seen is found stale."""
    if isinstance(form, VersionedForm):
        form.show_version(heading.version, again=stale)
    if request.method != "POST":
        note_read(heading.case)
    template = shown.pop("template", "cases/form.html")
    return render_template(
        template,
        frame=of_case(heading, ""),
        heading=heading,
        form=form,
        problems=linked(problems, heading.id),
        stale=stale,
        **shown,
    )


def case_url(case_id: int) -> str:
    return url_for("cases.show", case_id=case_id)
