"""A meeting before it happens, and calling it off."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, StringField
from wtforms.validators import Length

from se_engine.queries.contacts import ContactLine
from se_engine.queries.note_start import Workplace
from se_engine.rules.contacts import SPOKEN, WITH_EMPLOYER, Meeting
from web.forms import interpreters
from web.forms.base import WriteForm
from web.forms.chips import Chips, NumberChips
from web.forms.contacts import ANOTHER, fit_employers, fit_partners, partner_of
from web.forms.days import DayField
from web.forms.fields import CodeSelect, EmployerField, KeepTick, WholeNumber, Words
from web.forms.interpreters import KEPT, WishPart
from web.forms.needs import PartnerSelect
from web.forms.times import TimeField
from web.numbers import whole_number

USUAL_LENGTHS = (30, 45, 60, 90)
A_DAY = 24 * 60


PLACES = interpreters.PLACES | {
    "planned_in_the_past": "happened_on",
    "participant_has_a_meeting": "starts_at",
    "specialist_has_a_meeting": "starts_at",
    "time_unknown": "starts_at",
    "minutes_not_allowed": "minutes",
    "contact_needs_employer": "employer",
    "partner_consent_needed": "told_because",
    "partner_not_of_this_kind": "partner",
}


class MeetingForm(WishPart):
    PLACES = PLACES
    TICKS = {  # noqa: RUF012 - read only
        "participant_has_a_meeting": "collision_known",
        "specialist_has_a_meeting": "collision_known",
    }

    seen = HiddenField()
    kind = Chips(_("With whom?"), "contact_kind")
    channel = Chips(_("How?"), "contact_channel", codes=SPOKEN)
    employer = RadioField(_("Where?"), choices=[], validate_choice=False)
    employer_name = EmployerField(_("Which employer?"))
    partner = PartnerSelect(_("Which partner?"))
    told_because = Words(
        _("Why without the participant’s yes?"),
        rows=2,
        description=_(
            "Only when the participant has not said yes to meetings with the partner. The supervisor is told."
        ),
    )
    happened_on = DayField(_("Which day?"), ahead=True, default_days=None)
    starts_at = TimeField(_("What time?"))
    minutes = NumberChips(_("Minutes"), USUAL_LENGTHS)
    minutes_other = WholeNumber(_("Another number of minutes"), smallest=1, largest=A_DAY)
    place = StringField(_("Place"), [Length(max=200)])
    agenda = Words(_("What is it about?"), rows=2)
    purpose = CodeSelect(_("Purpose"), "contact_purpose")
    kept = KeepTick(KEPT)
    collision_known = KeepTick(_("The time is right all the same"))

    def fit(
        self, workplaces: tuple[Workplace, ...], partners: dict[int, str], meeting: ContactLine | None = None
    ) -> None:
        fit_employers(self, workplaces)
        fit_partners(self, partners, meeting)
        if "partner" not in self:
            del self.told_because

    def employer_id(self) -> int | None:
        return whole_number(str(self.employer.data or "")) if self.kind.data in WITH_EMPLOYER else None

    @property
    def new_employer(self) -> str:
        named = self.kind.data in WITH_EMPLOYER and self.employer.data in (ANOTHER, None, "")
        return (self.employer_name.data or "").strip() if named else ""

    def meeting(self, employer_id: int | None, track_id: int | None) -> Meeting:
        return Meeting(
            kind=self.kind.data,
            happened_on=self.happened_on.data,
            channel=self.channel.data,
            starts_at=self.starts_at.data,
            minutes=self.minutes_other.data or self.minutes.number,
            purpose=self.purpose.data or None,
            employer_id=employer_id,
            track_id=track_id,
            partner_id=partner_of(self),
            told_because=(self.told_because.data or "") if "told_because" in self else "",
            place=self.place.data or "",
            agenda=self.agenda.data or "",
        )


class CancelForm(WriteForm):
    seen = HiddenField()
    cancelled_by = Chips(_("Who called it off?"), "cancelled_by")
    why = Words(_("Why?"), required=True, rows=2)
    kept = KeepTick(KEPT)
