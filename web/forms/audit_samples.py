"""Forms about the sample of an audit: drawing it, replacing a case, choosing one on purpose."""

from typing import ClassVar

from flask_babel import lazy_gettext as _

from se_engine.queries.audit_frame import LARGEST_SEED
from web.forms.audits import Picked
from web.forms.base import WriteForm
from web.forms.fields import CodeRadio, WholeNumber, Words

ORDINARY = 12
"""Ten to fifteen cases show a fault in one case of five nearly always."""


class DrawForm(WriteForm):
    PLACES: ClassVar[dict[str, str]] = {
        "sample_larger_than_frame": "size", "sample_too_small": "size", "seed_out_of_range": "seed",
    }  # fmt: skip

    size = WholeNumber(_("How many cases?"), smallest=1, needed=_("Write how many."))
    seed = WholeNumber(
        _("Seed"), smallest=1, largest=LARGEST_SEED,
        description=_("Left empty the system makes one. Give one only if both sides have agreed on it, as by dice."),
    )  # fmt: skip

    def fit(self, frame: int) -> None:
        """With fewer cases than usual, all of them are proposed."""
        if not self.is_submitted():
            self.size.data = min(ORDINARY, frame) or None


class ReplaceForm(WriteForm):
    reason = CodeRadio(_("Why can it not be read?"), "replaced_because")
    words = Words(_("In a few words, without a name"), required=True)


class ChooseForm(WriteForm):
    case = Picked(_("Which case?"))
    reason = CodeRadio(_("Why this one?"), "chosen_because")
    words = Words(_("In a few words, without a name"), required=True)
