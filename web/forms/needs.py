"""Forms for what stands around a job: needs, partners and what they may be told, promises, problems."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, ValidationError

from se_engine import wording
from se_engine.actions.commitments import Promise
from se_engine.rules.consents import ANSWERS
from se_engine.rules.needs import TOPICS, WHO
from web.forms.base import WriteForm
from web.forms.days import DayField
from web.forms.fields import CodeRadio, KeepTick, LanguageField, Words, coded
from web.forms.plan import KEPT
from web.language import language
from web.numbers import whole_number

PARTNER = "partner:"
"""Before a partner's number, where a list offers partners among others."""


class PartnerSelect(SelectField):  # type: ignore[misc]  # WTForms has no types
    """A partner of the office, or nobody yet."""

    def __init__(self, label: str, **rest: Any) -> None:
        super().__init__(label, choices={"": "–"}, validate_choice=False, **rest)

    def offer(self, partners: dict[int, str]) -> None:
        self.choices = {"": "–", **{str(partner_id): name for partner_id, name in partners.items()}}

    @property
    def number(self) -> int | None:
        return whole_number(self.data or "")


class NeedPart(WriteForm):
    partner = PartnerSelect(_("Which service is responsible?"))
    appointment_on = DayField(_("Which day is the appointment?"), required=False, ahead=True, default_days=None)
    words = Words(
        _("In a few words"),
        rows=2,
        description=_("What is agreed, and with which service. Never a diagnosis, and no names of others."),
    )
    sort_first = BooleanField(_("Must be sorted out before work can begin"))
    happened_on = DayField(_("Which day?"))
    kept = KeepTick(KEPT)


class NeedForm(NeedPart):
    area = CodeRadio(_("What is it about?"), "need_area")


class NeedChangeForm(NeedPart):
    seen_version = HiddenField()
    status = CodeRadio(_("How does it stand?"), "need_status")


class PartnerForm(WriteForm):
    name = StringField(_("Name of the service or organisation"))
    kind = CodeRadio(_("What kind of partner is it?"), "partner_kind")
    phone = StringField(_("Phone"))
    email = StringField(_("E-mail"))


class TopicsForm(WriteForm):
    happened_on = DayField(_("Which day?"))
    valid_until = DayField(
        _("Until when?"),
        required=False,
        ahead=True,
        default_days=None,
        description=_("Left open, a yes is asked again after six months."),
    )
    language = LanguageField(_("In which language was it explained?"))

    @property
    def answers(self) -> dict[str, str]:
        given = {topic: self[f"topic_{topic}"].data for topic in TOPICS}
        return {topic: answer for topic, answer in given.items() if answer in ANSWERS}


def topics_form(asked: dict[str, str]) -> Any:
    """A question for each topic; «withdrawn» is offered where there was a yes."""

    class Topics(TopicsForm):
        pass

    for topic in TOPICS:
        answers = [answer for answer in ANSWERS if answer != "withdrawn" or asked.get(topic) == "yes"]
        choices = {answer: wording.word("consent_answer", answer, language()) for answer in answers}
        label = wording.word("partner_topic", topic, language())
        later = {"": gettext("Not now")}
        setattr(Topics, f"topic_{topic}", RadioField(label, choices=choices | later, default="", validate_choice=False))
    return Topics()


class CommitmentRows(WriteForm):
    """Who does what by when, three lines of it; any form about a meeting may have them."""

    ROWS = (1, 2, 3)

    who_1 = SelectField(_("Who?"), validate_choice=False)
    promise_1 = StringField(_("Does what?"))
    due_1 = DayField(_("By when?"), required=False, ahead=True, default_days=None)
    who_2 = SelectField(_("Who?"), validate_choice=False)
    promise_2 = StringField(_("Does what?"))
    due_2 = DayField(_("By when?"), required=False, ahead=True, default_days=None)
    who_3 = SelectField(_("Who?"), validate_choice=False)
    promise_3 = StringField(_("Does what?"))
    due_3 = DayField(_("By when?"), required=False, ahead=True, default_days=None)

    def offer(self, partners: dict[int, str]) -> None:
        """Everybody who may promise something: by their part, and the office's partners by name."""
        people = {choice.value: choice.label for choice in coded("commitment_who") if choice.value != "partner"}
        named = {f"{PARTNER}{partner_id}": name for partner_id, name in partners.items()}
        for row in self.ROWS:
            self[f"who_{row}"].choices = {**people, **named}

    @property
    def promises(self) -> list[Promise]:
        """The lines with something in them; the rules say what else is missing."""
        rows = ((self[f"who_{row}"].data, self[f"promise_{row}"].data, self[f"due_{row}"].data) for row in self.ROWS)
        return [self._promise(who, said, due) for who, said, due in rows if (said or "").strip() or due]

    def _promise(self, who: str, said: str | None, due: Any) -> Promise:
        if who.startswith(PARTNER):
            return Promise("partner", whole_number(who.removeprefix(PARTNER)), said or "", due)
        return Promise(who if who in WHO else "specialist", None, said or "", due)


class CommitmentsForm(CommitmentRows):
    made_on = DayField(_("Which day was it agreed?"))
    because = Words(_("If a partner took part without consent: why?"), rows=2)
    kept = KeepTick(KEPT)

    def validate_promise_1(self, field: Any) -> None:
        if not self.promises:
            raise ValidationError(gettext("Write at least one line."))


class CommitmentEndForm(WriteForm):
    outcome = CodeRadio(_("What became of it?"), "commitment_end")
    on = DayField(_("Which day?"))
    why = Words(_("If it was dropped: why?"), rows=2)
    kept = KeepTick(KEPT)


class ProblemForm(WriteForm):
    words = Words(_("What is the problem?"), required=True)
    tag = CodeRadio(_("What is it about?"), "problem_tag")
    brought_by = CodeRadio(_("Who brought it up?"), "problem_from")
    track = SelectField(_("Which employer?"), validate_choice=False)
    opened_on = DayField(_("Which day?"))
    answer_on = DayField(
        _("Answer by"),
        required=False,
        ahead=True,
        default_days=None,
        description=_("Left open, an employer is answered on the next working day."),
    )
    kept = KeepTick(KEPT)

    def fit(self, tracks: dict[int, str]) -> None:
        if tracks:
            self.track.choices = {"": "–", **{str(track_id): name for track_id, name in tracks.items()}}
        else:
            del self.track

    @property
    def track_id(self) -> int | None:
        return whole_number(self.track.data or "") if "track" in self else None


class ProblemEndForm(WriteForm):
    solution = Words(_("What solved it?"), required=True)
    closed_on = DayField(_("Which day?"))
    kept = KeepTick(KEPT)
