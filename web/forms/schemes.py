"""What the rules of a scheme have to ask, one field for each question."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from wtforms import RadioField

from se_engine.rules.schemes import LARGEST, Question
from web.forms.base import WriteForm
from web.forms.fields import WholeNumber
from web.language import language


def scheme_form(questions: Sequence[Question]) -> Any:
    """Nothing has to be answered: what is not known is not known."""

    class Questions(WriteForm):
        pass

    for question in questions:
        setattr(Questions, f"answer_{question.key}", _field(question))
    return Questions()


def _field(question: Question) -> Any:
    title = question.title.to(language())
    if question.kind == "number":
        return WholeNumber(title, largest=LARGEST)
    choices = {choice.key: choice.title.to(language()) for choice in question.choices}
    if question.kind == "yes_no":
        choices = {"yes": gettext("Yes"), "no": gettext("No")}
    return RadioField(title, choices=choices | {"": gettext("Not known")}, default="", validate_choice=False)


def answers_in(form: Any, questions: Sequence[Question]) -> dict[str, str]:
    given = {question.key: form[f"answer_{question.key}"].data for question in questions}
    return {key: "" if answer is None else str(answer) for key, answer in given.items()}
