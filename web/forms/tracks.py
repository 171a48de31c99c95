"""Forms for the employers of a case: a new track, a move, the match, what may be told, the end and the talk after."""

from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField

from se_engine import wording
from se_engine.actions.matches import SkillAsked
from se_engine.queries.tracks import SkillLine
from se_engine.rules.languages import SKILLS
from se_engine.rules.tracks import WISHES
from web.forms.base import WriteForm
from web.forms.chips import SeveralCodes
from web.forms.days import DayField
from web.forms.fields import CodeRadio, CodeSelect, EmployerField, KeepTick, LanguageField, VersionedForm, Words
from web.forms.plan import KEPT, InterpreterField
from web.language import language
from web.numbers import whole_number


class TrackForm(VersionedForm):
    """A form about one track: the version it carries is the track's, not the case's."""

    current = 0

    def show_version(self, version: int, *, again: bool = False) -> None:
        super().show_version(self.current, again=again)


class NewTrackForm(WriteForm):
    PLACES: ClassVar[dict[str, str]] = {"track_is_open": "employer", "track_needs_employer": "employer"}

    employer = EmployerField(_("Which employer?"))
    wish = RadioField(_("Which wish does it serve?"), choices=[], default="", validate_choice=False)
    occupation = StringField(_("Occupation"))
    kind = CodeRadio(_("What is it about?"), "track_kind", required=False)
    opened_on = DayField(_("Since which day?"))

    def fit(self, wishes: dict[int, str | None]) -> None:
        """Her wishes in her order, with her words where there are any."""
        named = {
            str(rank): f"{rank}: {wishes[rank]}" if wishes.get(rank) else gettext("Wish %(rank)s", rank=rank)
            for rank in WISHES
        }
        self.wish.choices = {**named, "": gettext("None of these")}
        self.employer.flags.required = True

    @property
    def rank(self) -> int | None:
        return whole_number(self.wish.data or "")


class TrackMoveForm(TrackForm):
    happened_on = DayField(_("Which day did it happen?"), description=_("Today, unless it happened before."))
    decided_by = CodeRadio(_("Who decided?"), "decider")
    note = Words(_("Why, in a few words"))
    kept = KeepTick(KEPT)

    def fit(self, *, needs_reason: bool) -> None:
        self.note.needed = needs_reason
        self.note.flags.required = needs_reason or None


class CloseForm(TrackForm):
    PLACES: ClassVar[dict[str, str]] = {"language_needs_task_and_skill": "words", "close_reason_unknown": "reason"}

    reason = CodeRadio(_("Why did it end?"), "close_reason")
    skill = CodeSelect(
        _("Which skill?"), "skill", description=_("When language is the reason: the skill, and below the task.")
    )
    words = Words(_("What came of it, and what was learned"))
    decided_by = CodeRadio(_("Who decided?"), "decider")
    happened_on = DayField(_("Which day?"))
    closing_talk_on = DayField(
        _("When was the closing talk with the place?"),
        required=False,
        default_days=None,
        description=_("Left empty it is still to be held, and stands here until it has been."),
    )
    kept = KeepTick(KEPT)


class TalkForm(WriteForm):
    happened_on = DayField(_("Which day was the talk?"))
    words = Words(_("What was learned, in a few words"))
    kept = KeepTick(KEPT)


class ToldForm(WriteForm):
    """Her words first; the codes say the same for everybody who must know at a glance."""

    PLACES: ClassVar[dict[str, str]] = {"not_told_has_topics": "may_tell", "disclosure_in_her_words": "words"}

    words = Words(_("What may be told, in the participant’s own words"))
    not_told_words = Words(_("What must not be told, in the participant’s own words"))
    decision = CodeRadio(_("Who is told?"), "fact_disclosure_decision")
    may_tell = SeveralCodes(_("May be told"), "disclosure_topic")
    by_whom = CodeRadio(_("Who tells it?"), "disclosure_by")
    language = LanguageField(_("In which language did you talk?"))
    interpreter = InterpreterField(_("Interpreter"))
    happened_on = DayField(_("Since which day?"))
    kept = KeepTick(KEPT)


class MatchForm(WriteForm):
    """The four skills, each with what is asked and what makes up for it, and her own score."""

    own_score = RadioField(_("The participant’s own score"), choices=[], validate_choice=False)
    words = Words(_("Why, in the participant’s own words"))
    happened_on = DayField(_("Which day?"))
    kept = KeepTick(KEPT)

    def fit(self, asked: tuple[SkillLine, ...], words: Any) -> None:
        """What stands there already: of the newest sheet, or of the employer's card."""
        self.own_score.choices = {**wording.words("fact_match_score", language()), "": gettext("Not asked yet")}
        if self.is_submitted():
            return
        self.own_score.data = ""
        for line in asked:
            self[f"required_{line.skill}"].data = line.required
            self[f"remedy_{line.skill}"].data = line.remedy
            self[f"words_{line.skill}"].data = words(line)

    def skills(self) -> dict[str, SkillAsked]:
        return {
            skill: SkillAsked(
                self[f"required_{skill}"].data, self[f"remedy_{skill}"].data, self[f"words_{skill}"].data or ""
            )
            for skill in SKILLS
        }

    @property
    def score(self) -> int | None:
        return whole_number(self.own_score.data or "")


for _skill in SKILLS:
    setattr(MatchForm, f"required_{_skill}", CodeSelect(_("The place asks for"), "required_level"))
    setattr(MatchForm, f"remedy_{_skill}", CodeSelect(_("What makes up for it"), "remedy"))
    setattr(MatchForm, f"words_{_skill}", StringField(_("How, in a few words")))


class VoidEventForm(WriteForm):
    why = Words(_("Why is it taken back?"), required=True)
