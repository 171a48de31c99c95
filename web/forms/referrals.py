"""Forms of taking people in: a new registration, decisions about a referral, and whose it is."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, SelectField, StringField, ValidationError

from se_engine.queries.capacity import Capacity
from se_engine.queries.names import Likely
from se_engine.rules.referrals import DECLINED, REASONS, WAITING
from web.forms.base import WriteForm
from web.forms.days import DayField
from web.forms.fields import (
    CodeRadio,
    CodeSelect,
    KeepTick,
    LanguageField,
    VersionedForm,
    WholeNumber,
    Words,
)
from web.parts.capacity import anybody_full, owner_choices

FIRST_YEAR, LAST_YEAR = 1900, 2100
LOOK_AGAIN_DAYS = 14
KEPT = _("I have looked at the words again: they may stand")
NOW, LATER = "now", "later"
ANOTHER = "another"


class OwnerPart(WriteForm):
    """Who takes the case, beside how much each has; a reason where hands are full."""

    owner = RadioField(_("Job specialist"), coerce=str, validate_choice=False)
    why_owner = Words(_("Why, although there are so many"), rows=2)
    kept = KeepTick(KEPT)

    def fit_owners(self, found: Sequence[Capacity], *, chosen: int | None, nobody: str | None = None) -> None:
        """A job specialist takes it herself: nobody is asked. A supervisor chooses."""
        if found:
            first = {"": nobody} if nobody else {}
            self.owner.choices = first | {str(number): name for number, name in owner_choices(found).items()}
            if not self.is_submitted():
                self.owner.data = str(chosen or "")
        else:
            del self.owner

    def fit_load(self, found: Sequence[Capacity]) -> None:
        if not anybody_full(found):
            del self.why_owner
            del self.kept

    def validate_owner(self, field: Any) -> None:
        if field.data is None or field.data not in field.choices:
            raise ValidationError(gettext("Choose one of these."))

    @property
    def owner_id(self) -> int | None:
        return int(self.owner.data) if "owner" in self and self.owner.data else None

    @property
    def why(self) -> str:
        return (self.why_owner.data or "") if "why_owner" in self else ""

    @property
    def looked_again(self) -> bool:
        return bool(self.kept.data) if "kept" in self else False


class NewForm(OwnerPart):
    """A name and a language are enough."""

    PLACES = {"caseload_reason_needed": "why_owner", "ref_used": "ref"}  # noqa: RUF012 - read by web/answering

    given_name = StringField(_("Given name"))
    family_name = StringField(_("Family name"))
    language_1 = LanguageField(_("First language"))
    language_2 = LanguageField(_("Another language"))
    same_as = RadioField(_("Who is it?"), validate_choice=False)
    begins = RadioField(_("What happens now?"), default=NOW, validate_choice=False)
    opened_on = DayField(_("The case opens on"))
    template = SelectField(_("Start package"), validate_choice=False)
    referred_on = DayField(_("Referred on"), required=False, default_days=None)
    referred_by = CodeSelect(_("Referred by"), "referred_by")
    ref = StringField(_("Reference"), description=_("The office’s own key. Never a national identity number."))
    birth_year = WholeNumber(_("Year of birth"), smallest=FIRST_YEAR, largest=LAST_YEAR)
    interpreter_need = CodeRadio(_("Interpreter"), "interpreter_need", required=False)
    protected = BooleanField(_("Protected address: only named persons see the participant"))

    def fit(self, found: Sequence[Capacity], packages: dict[str, str], *, supervises: bool) -> None:
        self.template.choices = {"": gettext("The office’s own"), **packages}
        self.begins.choices = {
            NOW: gettext("The case opens, and the first talk can be held"),
            LATER: gettext("The referral goes to the inbox, to be decided on"),
        }
        self.fit_owners(found if supervises else [], chosen=None, nobody=gettext("Nobody yet"))
        self.fit_load(found)

    def ask_about(self, likely: Likely) -> None:
        """Before anything is saved: who is registered already and may be the same person."""
        if not likely:
            del self.same_as
            return
        one = {
            str(found.participant_id): gettext("The same person as %(ref)s", ref=found.ref) for found in likely.shown
        }
        self.same_as.choices = one | {ANOTHER: gettext("Another person")}
        self.same_as.flags.required = True

    def validate_same_as(self, field: Any) -> None:
        if field.data not in field.choices:
            raise ValidationError(gettext("Somebody like this is registered already. Look, and choose."))

    def validate_given_name(self, field: Any) -> None:
        if not (field.data or "").strip() and not (self.family_name.data or "").strip():
            raise ValidationError(gettext("Write at least one name."))

    def validate_language_1(self, field: Any) -> None:
        if not field.data and not field.errors:
            raise ValidationError(gettext("Write at least one language."))

    def validate_begins(self, field: Any) -> None:
        if field.data not in field.choices:
            raise ValidationError(gettext("Choose one of these."))

    @property
    def name(self) -> str:
        return f"{self.given_name.data or ''} {self.family_name.data or ''}"

    @property
    def languages(self) -> list[str]:
        return [field.data for field in (self.language_1, self.language_2) if field.data]

    @property
    def starts_now(self) -> bool:
        return bool(self.begins.data == NOW)

    @property
    def same_person(self) -> int | None:
        chosen = self.same_as.data if "same_as" in self else None
        return int(chosen) if chosen and chosen != ANOTHER else None

    def registered(self) -> dict[str, Any]:
        """What is registered of her, as the action takes it."""
        return {
            "ref": self.ref.data or "",
            "given_name": self.given_name.data or "",
            "family_name": self.family_name.data or "",
            "languages": self.languages,
            "protected": self.protected.data,
            "birth_year": self.birth_year.data,
            "interpreter_need": self.interpreter_need.data,
            "referred_on": self.referred_on.data,
            "referred_by": self.referred_by.data,
        }


class DecisionForm(VersionedForm):
    """What every decision has: who decided, and when."""

    decided_by = CodeRadio(_("Who decided?"), "referral_decider")
    decided_on = DayField(_("Decided on"))

    PLACES = {  # noqa: RUF012 - read by web/answering
        "before_referral": "decided_on",
        "before_last_decision": "decided_on",
        "in_the_future": "decided_on",
        "look_again_in_the_past": "look_again_on",
        "caseload_reason_needed": "why_owner",
    }


class AcceptForm(DecisionForm, OwnerPart):
    opened_on = DayField(_("The case opens on"))
    template = SelectField(_("Start package"), validate_choice=False)

    def fit_packages(self, packages: dict[str, str]) -> None:
        self.template.choices = {"": gettext("The office’s own"), **packages}


class WaitForm(DecisionForm):
    reason = CodeRadio(_("Why wait?"), "referral_reason", codes=REASONS[WAITING])
    look_again_on = DayField(_("When do we look again?"), ahead=True, default_days=LOOK_AGAIN_DAYS)
    note = Words(_("Anything to remember"))
    kept = KeepTick(KEPT)


class DeclineForm(DecisionForm):
    reason = CodeRadio(_("Why not?"), "referral_reason", codes=REASONS[DECLINED])
    may_return = CodeRadio(_("May the participant come back without a new referral?"), "may_return")
    note = Words(_("Anything to remember"))
    kept = KeepTick(KEPT)


class AssignForm(VersionedForm, OwnerPart):
    PLACES = {"caseload_reason_needed": "why_owner"}  # noqa: RUF012 - read by web/answering


class AgainForm(WriteForm):
    referred_on = DayField(_("Referred on"))
    referred_by = CodeSelect(_("Referred by"), "referred_by")

    PLACES = {"before_last_decision": "referred_on", "in_the_future": "referred_on"}  # noqa: RUF012 - as above


class TemplateForm(VersionedForm):
    template = RadioField(_("Which start package?"), validate_choice=False)
    happened_on = DayField(_("From which day?"))
    why = Words(_("Why?"), required=True)
    kept = KeepTick(KEPT)

    def fit(self, packages: dict[str, str], *, now: str) -> None:
        """Those of the case's own version; the one it follows is shown as chosen."""
        self.template.choices = packages
        if not self.is_submitted():
            self.template.data = now
