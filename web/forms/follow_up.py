"""Forms of the follow-up after job start: her choices, scores and topics, the survey, the law's dates."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, SelectChoice, StringField, ValidationError

from se_engine.actions.checks import Answer, TopicAnswer
from se_engine.queries.follow_up import FullTalk
from se_engine.rules.follow_up_answers import QUESTION, SCORES, TOPIC_STATES
from se_engine.rules.follow_up_plan import SIDES, FollowUpPlan
from web.forms.base import WriteForm
from web.forms.chips import Chips, NumberChips
from web.forms.days import DayField
from web.forms.fields import CodeRadio, KeepTick, Words
from web.forms.interpreters import KEPT
from web.language import language

ONE_TO_FIVE = (1, 2, 3, 4, 5)
IN_WORK = _("Is the participant in work?")
HOW_KNOWN = _("How do we know?")
PLACES_OF_ANSWER = {
    "answer_unknown": "answer", "evidence_unknown": "evidence", "workplace_not_told": "evidence",
    "answer_after_job": "answer", "answer_before_job": "happened_on", "in_the_future": "happened_on",
}  # fmt: skip


class ChoiceForm(WriteForm):
    """Something she chooses about the checks, in her words."""

    PLACES: ClassVar[dict[str, str]] = {
        "choice_in_her_words": "words", "check_has_been": "point", "check_not_light": "point",
        "check_dropped_already": "point", "check_not_dropped": "point", "wished_day_passed": "day",
    }  # fmt: skip

    words = Words(_("In the participant’s own words"))
    happened_on = DayField(_("Which day was it chosen?"))
    kept = KeepTick(KEPT)


class PointForm(ChoiceForm):
    """One of the light checks."""

    point = RadioField(_("Which one?"), choices=[], validate_choice=False)

    def fit(self, points: Mapping[str, str]) -> None:
        self.point.choices = [SelectChoice(key, title) for key, title in points.items()]
        if len(points) == 1 and not self.is_submitted():
            self.point.data = next(iter(points))

    def validate_point(self, field: Any) -> None:
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(gettext("Choose one of these."))


class MoreForm(ChoiceForm):
    day = DayField(_("Which day?"), ahead=True, default_days=7)


class AbsenceForm(WriteForm):
    """Whether the workplace followed up; why she is away is not asked."""

    point = RadioField(_("What was due?"), choices=[], validate_choice=False)
    followed_up = RadioField(_("Was it done?"), choices=[], validate_choice=False)
    happened_on = DayField(_("Which day do you know it from?"))

    def fit(self, points: Mapping[str, str], chosen: str | None) -> None:
        self.point.choices = [SelectChoice(key, title) for key, title in points.items()]
        self.followed_up.choices = [SelectChoice("yes", gettext("Yes")), SelectChoice("no", gettext("No"))]
        if not self.is_submitted():
            self.point.data = chosen if chosen in points else next(iter(points), None)

    def validate_point(self, field: Any) -> None:
        _one_of(field)

    def validate_followed_up(self, field: Any) -> None:
        _one_of(field)


def _one_of(field: Any) -> None:
    if field.data not in {choice.value for choice in field.choices}:
        raise ValidationError(gettext("Choose one of these."))


class Scale(NumberChips):
    """From 1 to 5; `needed` where it cannot be skipped."""

    def __init__(self, label: str, *, needed: bool = False, **rest: Any) -> None:
        super().__init__(label, ONE_TO_FIVE, **rest)
        self.needed = needed
        if needed:
            self.flags.required = True

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.needed and self.number not in ONE_TO_FIVE:
            raise ValidationError(gettext("Choose a number from 1 to 5."))


class TalkForm(WriteForm):
    """Her five scores and the topics of a full check; with the answer where nobody has recorded it."""

    PLACES: ClassVar[dict[str, str]] = PLACES_OF_ANSWER
    topics: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Side and topic of each pair of fields."""

    answer = CodeRadio(IN_WORK, "check_answer")
    evidence = CodeRadio(HOW_KNOWN, "check_evidence", required=False)
    words = Words(_("In the participant’s own words"), rows=2)
    happened_on = DayField(_("Which day?"))
    kept = KeepTick(KEPT)

    def scores(self) -> dict[str, int]:
        return {key: self[key].number or 0 for key in SCORES}

    def told(self) -> Answer | None:
        if "answer" not in self:
            return None
        return Answer(self.answer.data, self.evidence.data)

    def talked(self) -> tuple[TopicAnswer, ...]:
        """The topics that were touched: those with a state, or a line."""
        found = []
        for side, topic in self.topics:
            state, line = self[f"{topic}_state"].code, (self[topic].data or "").strip()
            if state or line:
                found.append(TopicAnswer(side, topic, state or "to_do", line))
        return tuple(found)


def talk_form(talk: FullTalk) -> TalkForm:
    """The form of one plan: its scores, her topics, and the workplace's as far as she lets it be asked."""
    plan, spoken = talk.schedule.plan, language()
    fields: dict[str, Any] = {item.key: Scale(item.title.to(spoken), needed=True) for item in plan.scores}
    topics = []
    for side in SIDES:
        for key, title in _topics(plan, side, questions=talk.window.check.questions):
            if side == "participant" or talk.with_employer:
                topics.append((side, key))
                fields[f"{key}_state"] = Chips(title, "topic_state", codes=TOPIC_STATES, none=_("Not talked about"))
                fields[key] = StringField(_("A line about it"))
    form = type("OneTalkForm", (TalkForm,), {**fields, "topics": tuple(topics)})()
    if talk.check is not None:
        del form.answer, form.evidence
    return form


def _topics(plan: FollowUpPlan, side: str, *, questions: bool) -> list[tuple[str, str]]:
    """The topics of a side with their titles; to her belongs a question for each dimension."""
    found = [(item.key, item.title.to(language())) for item in plan.topics[side]]
    if side == "participant" and questions:
        found += [(f"{QUESTION}{item.key}", item.title.to(language())) for item in plan.questions]
    return found


class SurveyForm(WriteForm):
    questions: ClassVar[tuple[str, ...]] = ()

    language = HiddenField()
    filled_in = CodeRadio(_("How was it filled in?"), "filled_in")
    happened_on = DayField(_("Which day?"))
    kept = KeepTick(KEPT)

    def answers(self) -> dict[str, int]:
        return {key: self[key].number for key in self.questions if self[key].number is not None}


def survey_form(questions: Sequence[tuple[str, str]], asked_last: str, spoken: str) -> SurveyForm:
    """The questions as they are worded in the reader's Norwegian or English; hers stand beside, on the page."""
    fields: dict[str, Any] = {key: Scale(title) for key, title in questions}
    fields["words"] = Words(asked_last, rows=2)
    made = type("OneSurveyForm", (SurveyForm,), {**fields, "questions": tuple(key for key, _title in questions)})
    form: SurveyForm = made(data={"language": spoken})
    return form
