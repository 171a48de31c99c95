"""The action plan: one line of it, what becomes of a line, and an error in an earlier audit."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from flask_babel import lazy_gettext as _

from se_engine.rules.audit_results import ACTION_EVENTS
from web.forms.audits import Picked
from web.forms.base import WriteForm
from web.forms.days import DayField
from web.forms.fields import CodeRadio, Words

Choices = Iterable[tuple[str, str]]


class ActionForm(WriteForm):
    PLACES: ClassVar[dict[str, str]] = {
        "action_words_needed": "words",
        "evidence_of_action_needed": "evidence_words",
        "owner_not_at_unit": "owner",
        "due_day_gone": "due_on",
    }

    item = Picked(_("Which item is it about?"))
    words = Words(_("What is done?"), required=True, description=_("No names of participants."))
    owner = Picked(_("Who is responsible?"))
    due_on = DayField(_("Due"), default_days=None, ahead=True)
    expected_level = Picked(_("Which level is expected?"), required=False)
    evidence = Picked(_("Which indicator will show it?"), required=False)
    evidence_words = Words(_("Or what else will show it?"), rows=2)

    def fit(self, items: Choices, owners: Choices, levels: Sequence[int], measures: Choices) -> None:
        self.item.offer(items)
        self.owner.offer(owners)
        self.expected_level.offer((str(level), str(level)) for level in levels)
        self.evidence.offer(measures)


class ActionEventForm(WriteForm):
    PLACES: ClassVar[dict[str, str]] = {"new_day_needed": "due_on", "reason_needed": "words"}

    what = CodeRadio(_("What has become of it?"), "audit_action_event", codes=ACTION_EVENTS)
    happened_on = DayField(_("Which day?"))
    due_on = DayField(_("The new due day"), required=False, default_days=None, ahead=True)
    words = Words(
        _("A few words"), rows=3, description=_("Needed where it is moved, given up or taken up again. No names.")
    )


class CorrectionForm(WriteForm):
    PLACES: ClassVar[dict[str, str]] = {"correction_words_needed": "words", "no_such_audit_item": "item"}

    earlier = Picked(_("Which audit has the error?"))
    item = Picked(_("Which item is it about?"))
    words = Words(_("What was wrong, and what is right?"), required=True, description=_("No names of participants."))

    def fit(self, audits: Choices, items: Choices) -> None:
        self.earlier.offer(audits)
        self.item.offer(items)
