"""Forms of an audit: opening it, its charter, who takes part, its moves, what fits otherwise."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from se_engine.queries.audits import AuditHead
from se_engine.rules.audit_charter import LONGEST_VISIT, Charter, last_full_month, months_of
from se_engine.rules.audits import WINDOWS
from web.forms.base import WriteForm
from web.forms.days import DayField
from web.forms.fields import CodeRadio, CodeSelect, VersionedForm, WholeNumber, Words
from web.language import language
from web.numbers import whole_number

Choices = Sequence[tuple[str, str]]


class Picked(SelectField):  # type: ignore[misc]  # WTForms has no types
    """One of a list that the view fills in; what is not on it is refused where it is typed."""

    def __init__(self, label: Any, *, required: bool = True, **rest: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **rest)
        self.needed = required
        if required:
            self.flags.required = True

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        self.choices = [("", "–"), *choices]

    def pre_validate(self, form: Any) -> None:
        known = {str(value) for value, _label in self.choices}
        if (self.data or "") not in known or (self.needed and not self.data):
            raise ValidationError(gettext("Choose one of these."))

    @property
    def number(self) -> int | None:
        return whole_number(self.data or "")


class Sections(SelectMultipleField):  # type: ignore[misc]  # WTForms has no types
    """Any number of sections of the framework."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class AuditForm(VersionedForm):
    """A form about one audit; the version it carries is the audit's."""


class _Window:
    """The fields of the window, in both forms that ask for it."""

    PLACES: ClassVar[dict[str, str]] = {
        "window_needs_reason": "window_words",
        "names_need_a_reason": "names_words",
        "framework_has_nothing_to_rate": "framework",
        "framework_changed": "framework",
        "framework_is_rated": "framework",
        "visit_is_short": "visit_days",
    }


def _months() -> list[tuple[str, str]]:
    return [(str(months), gettext("%(months)s months", months=months)) for months in WINDOWS]


class NewAuditForm(_Window, WriteForm):
    office = Picked(_("Which unit?"))
    kind = CodeRadio(_("What is it?"), "audit_kind")
    framework = Picked(_("Which quality framework?"))
    until_on = DayField(
        _("Last day of the window"), default_days=None, ahead=True,
        description=_("The evidence is counted up to this day. Usually the end of a month."),
    )  # fmt: skip
    months = RadioField(_("How long is the window?"), default=str(WINDOWS[0]), validate_choice=False)
    window_words = Words(
        _("Why a longer window"), rows=2, description=_("Only for a small unit, with 12 or 24 months.")
    )

    def fit(self, offices: Choices, frameworks: Choices, on: date) -> None:
        self.office.offer(offices)
        self.framework.offer(frameworks)
        self.months.choices = _months()
        if not self.is_submitted() and self.until_on.data is None:
            self.until_on.data = last_full_month(on)

    def charter(self) -> Charter:
        return Charter(
            kind=self.kind.data,
            until_on=self.until_on.data,
            months=whole_number(self.months.data or "") or WINDOWS[0],
            window_words=self.window_words.data or "",
        )

    @property
    def chosen(self) -> tuple[str, int]:
        return framework_in(self.framework.data)


class CharterForm(_Window, AuditForm):
    kind = CodeRadio(_("What is it?"), "audit_kind")
    framework = Picked(_("Which quality framework?"))
    scope = Sections(_("Which parts of it are looked at?"), description=_("None ticked: all of them."))
    until_on = DayField(_("Last day of the window"), default_days=None, ahead=True)
    months = RadioField(_("How long is the window?"), validate_choice=False)
    window_words = Words(
        _("Why a longer window"), rows=2, description=_("Only for a small unit, with 12 or 24 months.")
    )
    legal_basis = CodeSelect(_("On what basis is the audit made?"), "legal_basis")
    legal_words = Words(_("The basis in words"), rows=2, description=_("Which terms, which law or which agreement."))
    told_how = CodeSelect(_("How were participants told?"), "told_how")
    told_words = Words(_("When, and in which languages"), rows=2, description=_("No names of participants."))
    names_open = BooleanField(_("The auditors need to see names"))
    names_words = Words(_("Why they need to see names"), rows=2)
    visit_on = DayField(
        _("First day on site"), required=False, default_days=None, ahead=True,
        description=_("Every deadline is counted from it. It may be chosen later."),
    )  # fmt: skip
    visit_days = WholeNumber(_("Days on site"), smallest=1, largest=LONGEST_VISIT)
    previous = Picked(_("Does it follow up an earlier audit?"), required=False)

    def fit(self, head: AuditHead, frameworks: Choices, earlier: Choices, why: str) -> None:
        """What stands now, and what may be chosen instead."""
        audit = head.audit
        self.framework.offer(frameworks)
        sections = head.framework.sections if head.framework else ()
        self.scope.choices = [(one.key, one.title.to(language())) for one in sections]
        self.scope.validate_choice = False
        self.months.choices = _months()
        self.previous.offer(earlier)
        if self.is_submitted():
            return
        for name in ("kind", "until_on", "legal_basis", "legal_words", "told_how", "told_words", "names_open"):
            self[name].data = getattr(audit, name)
        self.scope.data = audit.scope or []
        self.framework.data = f"{audit.framework_name}/{audit.framework_version}"
        self.months.data = str(months_of(audit.from_on, audit.until_on))
        self.window_words.data, self.names_words.data = why, audit.names_words
        self.visit_on.data, self.visit_days.data = audit.visit_on, audit.visit_days
        self.previous.data = str(audit.previous_id or "")

    def charter(self, head: AuditHead) -> Charter:
        audit = head.audit
        same = self.framework.data == f"{audit.framework_name}/{audit.framework_version}"
        return Charter(
            kind=self.kind.data,
            until_on=self.until_on.data,
            months=whole_number(self.months.data or "") or WINDOWS[0],
            window_words=self.window_words.data or "",
            scope=tuple(self.scope.data or ()) if same else (),
            legal_basis=self.legal_basis.data or "",
            legal_words=self.legal_words.data or "",
            told_how=self.told_how.data or "",
            told_words=self.told_words.data or "",
            names_open=bool(self.names_open.data),
            names_words=self.names_words.data or "",
            previous_id=self.previous.number,
            visit_on=self.visit_on.data,
            visit_days=self.visit_days.data or 2,
        )

    @property
    def chosen(self) -> tuple[str, int]:
        return framework_in(self.framework.data)


def framework_in(given: str) -> tuple[str, int]:
    """Name and version, as a choice carries them."""
    name, _slash, version = given.rpartition("/")
    return name, whole_number(version) or 0


class AdaptForm(WriteForm):
    PLACES: ClassVar[dict[str, str]] = {"adaptation_needs_words": "words"}

    item = Picked(_("Which item?"))
    how = CodeRadio(_("What is agreed?"), "audit_adapted")
    words = Words(_("What is different here, and why"), required=True)


class MemberForm(WriteForm):
    part = CodeRadio(_("As what?"), "audit_part")
    user = Picked(_("Who?"))


class AuditMoveForm(AuditForm):
    happened_on = DayField(_("Which day did it happen?"), description=_("Today, unless it happened before."))
    words = Words(_("Why, in a few words"), description=_("No names of participants."))

    def fit(self, *, needs_reason: bool) -> None:
        self.words.needed = needs_reason
        self.words.flags.required = needs_reason or None
