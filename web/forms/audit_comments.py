"""Forms of the factual check: a comment of the unit, that it is done, and the auditors' answer."""

from typing import ClassVar

from flask_babel import lazy_gettext as _

from web.forms.audits import Picked
from web.forms.base import WriteForm
from web.forms.fields import CodeRadio, Words


class CommentForm(WriteForm):
    PLACES: ClassVar[dict[str, str]] = {"comment_needs_words": "words"}

    item = Picked(_("Which item?"), required=False, description=_("Left open: the report as a whole."))
    words = Words(
        _("What is wrong, or missing"), required=True, description=_("Facts only, and no names of participants.")
    )


class DoneForm(WriteForm):
    words = Words(_("Something to add"), rows=2)


class AnswerForm(WriteForm):
    PLACES: ClassVar[dict[str, str]] = {"comment_needs_words": "words"}

    answer = CodeRadio(_("What comes of it?"), "audit_answer")
    words = Words(_("Why"), required=True)
