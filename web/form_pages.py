"""A form on a page of its own: shown, answered once and redirected, or shown again with what is wrong."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from web.answering import answer, summed_up


def form_page(
    form: Any,
    act: Callable[[], object],
    *,
    said: str,
    back: tuple[str, str],
    stale: Callable[[], None] | None = None,
    **page: Any,
) -> ResponseReturnValue:
    """`back` is the address and the name of where it came from and goes to; the rest is what form_page.html takes."""

    def show(problems: list[dict[str, Any]], is_stale: bool) -> str:
        if is_stale and stale:
            stale()
        around = {"url": back[0], "text": back[1]}
        return render_template("form_page.html", form=form, problems=summed_up(problems), back=around, **page)

    if request.method != "POST":
        return show([], False)
    return answer(form, act, then=lambda done: back[0], show=show, said=said)
