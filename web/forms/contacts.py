"""The one note, and its parts: who and how, what was said, the workplace's side, the interpreter, what comes next."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from se_engine.actions.checks import Answer
from se_engine.queries.contacts import ContactLine
from se_engine.queries.note_start import NoteStart, Workplace
from se_engine.rules.contacts import (
    ACTED,
    CONCRETE,
    EMPLOYER_OUTCOMES,
    HELD,
    NO_ANSWER,
    SATISFACTION,
    TOLD,
    WITH_EMPLOYER,
    WITH_PARTNER,
    Note,
    VisitParts,
)
from se_engine.rules.disclosures import TOPICS
from web.forms import interpreters
from web.forms.base import WriteForm
from web.forms.chips import Chips, NumberChips, SeveralCodes, YesNoChips
from web.forms.days import DayField
from web.forms.fields import CodeSelect, EmployerField, KeepTick, WholeNumber, Words
from web.forms.follow_up import HOW_KNOWN, IN_WORK, PLACES_OF_ANSWER
from web.forms.interpreters import KEPT, InterpreterPart
from web.forms.needs import PartnerSelect
from web.forms.times import TimeField
from web.language import language
from web.numbers import whole_number

USUAL_MINUTES = (15, 30, 45, 60, 90)
USUAL_TRAVEL = (0, 15, 30, 60)
A_DAY = 24 * 60
ANOTHER = "another"
"""Stands for an employer that is named below."""


class TasksField(SelectMultipleField):  # type: ignore[misc]  # WTForms has no types
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class WorkplacePart(WriteForm):
    """What is told of the workplace, and to it."""

    concrete_job = Chips(
        _("Was it about a concrete job?"), "fact_employer_meeting", codes=CONCRETE, none=_("No, in general")
    )
    employer_text = Words(
        _("For the workplace’s card"),
        rows=2,
        description=_("What colleagues should know of the place. Nothing about a person."),
    )
    employer_agreed = Words(_("Agreed with the workplace"), rows=2)
    nobody_named = BooleanField(_("It says nothing about a person"))
    decision_maker = YesNoChips(_("Was somebody there who decides?"))
    outcome = CodeSelect(_("What came of it"), "contact_outcome", codes=EMPLOYER_OUTCOMES)
    satisfaction = NumberChips(_("How content is the workplace, from 1 to 5?"), SATISFACTION)


class NoteForm(WorkplacePart, InterpreterPart):
    """One contact of a case. Names are those of the engine, so that a refusal finds its field."""

    PLACES = interpreters.PLACES | {
        "before_opening": "happened_on",
        "later_today": "starts_at",
        "participant_has_a_meeting": "starts_at",
        "specialist_has_a_meeting": "starts_at",
        "minutes_not_allowed": "minutes",
        "nobody_present": "status",
        "present_and_not_held": "participant_present",
        "presence_needed": "participant_present",
        "contact_needs_employer": "employer",
        "concrete_job_needs_meeting": "concrete_job",
        "confirm_nobody_named": "nobody_named",
        "hidden_because_needed": "hidden_because",
        "next_before_contact": "next_on",
        "disclosure_needed": "told_because",
        "told_not_allowed": "told_because",
        "consent_needed": "told_because",
        "partner_consent_needed": "told_because",
        "partner_not_of_this_kind": "partner",
        "interpreter_decision_needed": "interpreter",
        "interpreter_outcome_needed": "interpreter",
        "line_needed": "said",
        "employer_needed": "employer",
        **PLACES_OF_ANSWER,
    }
    TICKS = {  # noqa: RUF012 - read only
        "participant_has_a_meeting": "collision_known",
        "specialist_has_a_meeting": "collision_known",
    }

    seen = HiddenField()
    """The version of the planned meeting that was seen."""
    kind = Chips(_("With whom?"), "contact_kind")
    employer = RadioField(_("Where?"), choices=[], validate_choice=False)
    employer_name = EmployerField(_("Which employer?"))
    partner = PartnerSelect(_("Which partner?"))
    channel = Chips(_("How?"), "contact_channel")
    status = Chips(_("How did it go?"), "contact_status", codes=TOLD)
    participant_present = Chips(_("Was the participant there?"), "presence", none=_("Not said"))
    happened_on = DayField(_("Which day?"))
    starts_at = TimeField(_("What time?"))
    minutes = NumberChips(_("Minutes"), USUAL_MINUTES)
    minutes_other = WholeNumber(_("Another number of minutes"), smallest=1, largest=A_DAY)
    travel = NumberChips(_("Minutes of travel"), USUAL_TRAVEL)
    travel_other = WholeNumber(_("Another number of minutes of travel"), largest=A_DAY)
    said = Words(_("What was said and done"), rows=4)
    her_words = Words(_("In the participant’s own words"), rows=2)
    work = Words(_("The work"), rows=2)
    workplace_norwegian = Words(_("Norwegian at the workplace"), rows=2)
    guidance = Words(_("Guidance"), rows=2)
    no_show = Words(_("What did you do when the participant did not come?"), rows=2)
    answer = Chips(IN_WORK, "check_answer", none=_("Not asked"))
    evidence = Chips(HOW_KNOWN, "check_evidence", none=_("Not said"))
    tasks = TasksField(_("Shows that this is done"), choices=[], validate_choice=False)
    next_step = Words(_("Agreed from here on"), rows=2)
    next_on = DayField(_("Next date"), required=False, ahead=True, default_days=None)
    acted = Chips(_("Who acted towards the workplace?"), "acted", codes=ACTED, none=_("Not said"))
    purpose = CodeSelect(_("Purpose"), "contact_purpose")
    told = SeveralCodes(_("What was the workplace told about the participant?"), "disclosure_topic", codes=TOPICS)
    named = BooleanField(_("The workplace knows who it is about"))
    told_because = Words(
        _("Why was it told all the same?"),
        rows=2,
        description=_("Only when more was said than the participant has allowed. The supervisor is told."),
    )
    hidden = BooleanField(_("The participant shall not read this note"))
    hidden_because = Words(_("Why not?"), rows=2, description=_("The supervisor is asked."))
    kept = KeepTick(KEPT)
    collision_known = KeepTick(_("The time is right all the same"))

    def fit(self, start: NoteStart) -> None:
        """The case's own workplaces, the tasks of its step, and no question that is not needed."""
        fit_employers(self, start.workplaces)
        fit_partners(self, start.partners, start.meeting)
        self.tasks.choices = [SelectChoice(row.task.key, row.shown.title.to(language())) for row in start.tasks]
        if not start.asks_for_interpreter:
            del self.interpreter
        if start.follow_up is None or not start.follow_up.asks:
            del self.answer, self.evidence

    def employer_id(self) -> int | None:
        return whole_number(str(self.employer.data or "")) if self.kind.data in WITH_EMPLOYER else None

    def told_of_work(self) -> Answer | None:
        """Whether she is in her job, where that was asked."""
        if "answer" not in self or not self.answer.code or self.status.data != HELD:
            return None
        return Answer(self.answer.code, self.evidence.code)

    @property
    def new_employer(self) -> str:
        """The name of an employer that is not among the case's own."""
        named = self.kind.data in WITH_EMPLOYER and self.employer.data in (ANOTHER, None, "")
        return (self.employer_name.data or "").strip() if named else ""

    def note(self, employer_id: int | None, track_id: int | None) -> Note:
        """What was typed; what does not belong to this kind of contact is left out."""
        held, with_employer = self.status.data == HELD, self.kind.data in WITH_EMPLOYER
        return Note(
            happened_on=self.happened_on.data,
            kind=self.kind.data,
            channel=self.channel.data,
            status=self.status.data,
            starts_at=self.starts_at.data,
            minutes=(self.minutes_other.data or self.minutes.number) if held else None,
            travel_minutes=self._travel(),
            purpose=self.purpose.data or None,
            participant_present=self._presence(held),
            no_show="" if held else self.no_show.data or "",
            said=self.said.data or "",
            her_words=self.her_words.data or "",
            next_step=self.next_step.data or "",
            next_on=self.next_on.data,
            shared=not self.hidden.data,
            hidden_because=self.hidden_because.data or "",
            tasks=tuple(self.tasks.data or ()),
            told_because=self.told_because.data or "",
            employer_id=employer_id,
            track_id=track_id,
            partner_id=partner_of(self),
            **(self._of_workplace(held) if with_employer else {}),
        )

    def _of_workplace(self, held: bool) -> dict[str, Any]:
        visit = self.kind.data == "three_way"
        return {
            "concrete_job": self.concrete_job.code if held else None,
            "employer_text": self.employer_text.data or "",
            "employer_agreed": self.employer_agreed.data or "",
            "nobody_named": bool(self.nobody_named.data),
            "decision_maker": self.decision_maker.truth,
            "outcome": self.outcome.data or None,
            "satisfaction": self.satisfaction.number,
            "acted": self.acted.code,
            "named": bool(self.named.data),
            "told": tuple(self.told.data or ()),
            "visit": VisitParts(
                self.work.data or "", self.workplace_norwegian.data or "", self.guidance.data or ""
            ) if visit else VisitParts(),
        }  # fmt: skip

    def _presence(self, held: bool) -> str | None:
        """At a talk with her alone the kind says it; a meeting she did not come to says it too."""
        if self.kind.data == "participant":
            return None
        if self.kind.data == "employer":
            return "her_choice" if self.participant_present.data == "her_choice" else "no"
        return self.participant_present.code if held else "no"

    def _travel(self) -> int | None:
        return self.travel.number if self.travel_other.data is None else self.travel_other.data


def fit_employers(form: Any, workplaces: tuple[Workplace, ...]) -> None:
    """The case's own workplaces, and one that is typed."""
    form.employer.chips = True
    form.employer.choices = [
        *(SelectChoice(str(place.employer_id), place.name) for place in workplaces),
        SelectChoice(ANOTHER, gettext("Another employer") if workplaces else gettext("An employer named below")),
    ]


def fit_partners(form: Any, partners: dict[int, str], meeting: ContactLine | None = None) -> None:
    """The partners of the office, and the one it was planned with; no question where there is none."""
    known = {meeting.partner_id: meeting.partner or "–"} if meeting and meeting.partner_id else {}
    if known or partners:
        form.partner.offer({**known, **partners})
    else:
        del form.partner


def partner_of(form: Any) -> int | None:
    """The partner of a cooperation meeting; chosen and then another kind of contact, it is left out."""
    return form.partner.number if "partner" in form and form.kind.data in WITH_PARTNER else None


class CallForm(WriteForm):
    answered = Chips(_("How did it go?"), "call_answer")
    said = Words(_("A line about it"), rows=2)
    kept = KeepTick(KEPT)


class VoidForm(WriteForm):
    seen = HiddenField()
    why = Words(_("Why is it taken back?"), required=True)
    kept = KeepTick(KEPT)


class EmployerNoteForm(WorkplacePart):
    """A contact with an employer alone: of the place, and of nobody."""

    PLACES = NoteForm.PLACES
    TICKS = NoteForm.TICKS

    channel = Chips(_("How?"), "contact_channel")
    status = Chips(_("How did it go?"), "contact_status", codes=(HELD, NO_ANSWER))
    happened_on = DayField(_("Which day?"))
    minutes = NumberChips(_("Minutes"), USUAL_MINUTES)
    travel = NumberChips(_("Minutes of travel"), USUAL_TRAVEL)
    purpose = CodeSelect(_("Purpose"), "contact_purpose")
    next_on = DayField(_("Next date"), required=False, ahead=True, default_days=None)
    collision_known = KeepTick(_("The time is right all the same"))

    def note(self, employer_id: int) -> Note:
        held = self.status.data == HELD
        return Note(
            happened_on=self.happened_on.data,
            kind="employer",
            channel=self.channel.data,
            status=self.status.data,
            minutes=self.minutes.number if held else None,
            travel_minutes=self.travel.number,
            purpose=self.purpose.data or None,
            employer_id=employer_id,
            employer_text=self.employer_text.data or "",
            employer_agreed=self.employer_agreed.data or "",
            nobody_named=bool(self.nobody_named.data),
            decision_maker=self.decision_maker.truth,
            outcome=self.outcome.data or None,
            satisfaction=self.satisfaction.number,
            next_on=self.next_on.data,
        )
