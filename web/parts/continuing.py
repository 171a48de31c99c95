"""What a new case takes along, worded for the page that opens it."""

from typing import Any

from flask_babel import format_date, gettext, ngettext, pgettext

from se_engine import wording
from se_engine.actions.cases import CONTINUE_WITHIN
from se_engine.queries.continuing import Carried
from web.language import language


def carried_facts(found: Carried) -> list[dict[str, Any]]:
    """As definition_list takes them; empty for a case that still runs."""
    ended_on = found.case.ended_on
    if ended_on is None:
        return []
    asked = ngettext("%(num)s question answered", "%(num)s questions answered", found.consents)
    since = gettext("last on %(day)s", day=format_date(found.consents_on, "medium")) if found.consents_on else None
    levels = ", ".join(
        f"{wording.word('skill', skill, language()).lower()} {level}" for skill, level in found.levels.items()
    )
    profile = gettext("proposed with what it said") if found.profile else gettext("none was written")
    return [
        {
            "label": gettext("Ended"),
            "text": format_date(ended_on, "medium"),
            "note": wording.word("end_reason", found.case.end_reason, language()),
        },
        {"label": gettext("Can carry on until"), "text": format_date(ended_on + CONTINUE_WITHIN, "medium")},
        {"label": gettext("Consents"), "text": asked, "note": since},
        {"label": gettext("Norwegian"), "text": levels or gettext("not known")},
        {"label": pgettext("page", "Record"), "text": ngettext("%(num)s answer", "%(num)s answers", found.answers)},
        {"label": gettext("Vocational profile"), "text": profile},
        {"label": gettext("Jobs"), "text": ngettext("%(num)s job so far", "%(num)s jobs so far", found.jobs)},
    ]
