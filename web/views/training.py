"""The training plan of a workplace: its ladder, what one visit showed of it, and each task with its words."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from se_engine.actions.training import add_rung, change_rung, move_rung_up, remove_rung
from se_engine.actions.training_progress import record_training, say_mastery
from se_engine.actions.training_words import add_words, learn_word
from se_engine.clock import today
from se_engine.queries.training import Ladder, RungLine, TrainingPage, training_page
from se_engine.rules.errors import NotFound
from web.addresses import CASE, ID
from web.auth import actor
from web.case_forms import case_form
from web.drafts import drafted
from web.forms.training import (
    MasteryForm,
    RemoveForm,
    RungChangeForm,
    RungForm,
    RungPart,
    WordsForm,
    asked,
    visit_form,
)
from web.numbers import whole_number
from web.parts import training as parts
from web.parts.heading import of_case
from web.session import note_read, reading, session

blueprint = Blueprint("training", __name__, url_prefix=f"{CASE}/training")
BOTH = ["GET", "POST"]
PLACE = f"/<{ID}:employer_id>"
RUNG = f"/rungs/<{ID}:rung_id>"


@blueprint.get("")
def show(case_id: int) -> ResponseReturnValue:
    page = training_page(session(), actor(), case_id)
    note_read(page.case)
    frame = of_case(page, "")
    return render_template("cases/training.html", frame=frame, page=page, ladders=parts.ladders(page))


@blueprint.get("/new")
def first(case_id: int) -> ResponseReturnValue:
    """Straight to the form where there is one workplace; with several the reader chooses."""
    page = training_page(session(), actor(), case_id)
    running = [ladder for ladder in page.ladders if ladder.runs and not ladder.not_told]
    if len(running) == 1:
        return redirect(url_for("training.new", case_id=case_id, employer_id=running[0].employer_id))
    return redirect(url_for("training.show", case_id=case_id))


@blueprint.route(f"{PLACE}/new", methods=BOTH)
@drafted(_l("A task on the training ladder"))
def new(case_id: int, employer_id: int) -> ResponseReturnValue:
    page = training_page(reading(), actor(), case_id)
    ladder = page.ladder(employer_id)
    form = RungForm(step="1" if not ladder.rungs else str(ladder.rungs[-1].step))
    form.name_language(page.language)
    return _form(
        page,
        ladder,
        form,
        lambda: add_rung(
            session(),
            actor(),
            case_id,
            employer_id,
            task=form.task.data or "",
            added_on=form.happened_on.data,
            words=form.pairs,
            **_told(form),
        ),
        title=gettext("A task to learn"),
        submit=gettext("Put it on the ladder"),
        said=gettext("The task is on the ladder."),
        template="cases/training_rung_form.html",
    )


def _told(form: RungPart) -> dict[str, Any]:
    return {
        "step": whole_number(form.step.data or "") or 0,
        "teacher": form.teacher.data or "",
        "method": form.method.data,
        "adaptation": form.adaptation.data or "",
        "safety": form.safety.data or "",
        "starts_on": form.starts_on.data,
        "kept": form.kept.data,
    }


@blueprint.route(f"{PLACE}/today", methods=BOTH)
@drafted(_l("Training at the workplace today"))
def visit(case_id: int, employer_id: int) -> ResponseReturnValue:
    """One page for the whole visit: a tap for each word of mastery, each word learned, and three new words."""
    page = training_page(reading(), actor(), case_id)
    ladder = page.ladder(employer_id)
    form = visit_form(ladder)
    form.name_language(page.language)
    return _form(
        page,
        ladder,
        form,
        lambda: record_training(
            session(),
            actor(),
            case_id,
            employer_id,
            happened_on=form.happened_on.data,
            mastered=form.mastered(ladder),
            learned=form.learned(ladder),
            words=form.new_words(ladder),
            kept=form.kept.data,
        ),
        title=gettext("At the workplace today"),
        submit=gettext("Save the visit’s training"),
        said=gettext("The training is recorded."),
        template="cases/training_visit.html",
        rungs=[parts.rung(page, rung) for rung in asked(ladder)],
        place=parts.ladder(page, ladder),
    )


@blueprint.route(RUNG, methods=BOTH)
def one(case_id: int, rung_id: int) -> ResponseReturnValue:
    page, ladder, rung = _rung(case_id, rung_id)
    form = MasteryForm()
    return _form(
        page,
        ladder,
        form,
        lambda: say_mastery(
            session(),
            actor(),
            rung_id,
            says=form.says.data,
            mastered=form.answer.data == "yes",
            happened_on=form.happened_on.data,
        ),
        title=rung.task,
        submit=gettext("Record"),
        said=gettext("Recorded."),
        template="cases/training_rung.html",
        rung=parts.rung(page, rung),
        step=parts.step_title(rung.step),
    )


@blueprint.route(f"{RUNG}/change", methods=BOTH)
def change(case_id: int, rung_id: int) -> ResponseReturnValue:
    page, ladder, rung = _rung(case_id, rung_id)
    form = RungChangeForm(
        step=str(rung.step),
        teacher=rung.teacher,
        method=rung.method,
        adaptation=rung.adaptation,
        safety=rung.safety,
        starts_on=rung.starts_on,
        seen_version=str(rung.version),
    )
    for row in range(1, 4):
        del form[f"norwegian_{row}"], form[f"own_{row}"]
    return _form(
        page,
        ladder,
        form,
        lambda: change_rung(
            session(),
            actor(),
            rung_id,
            seen_version=whole_number(form.seen_version.data or "") or 0,
            changed_on=form.happened_on.data,
            **_told(form),
        ),
        title=gettext("How the task is learned"),
        submit=gettext("Save"),
        said=gettext("Saved."),
        template="cases/training_rung_form.html",
        task=rung.task,
    )


@blueprint.route(f"{RUNG}/remove", methods=BOTH)
def remove(case_id: int, rung_id: int) -> ResponseReturnValue:
    page, ladder, rung = _rung(case_id, rung_id)
    form = RemoveForm()
    return _form(
        page,
        ladder,
        form,
        lambda: remove_rung(
            session(), actor(), rung_id, why=form.why.data or "", removed_on=form.happened_on.data, kept=form.kept.data
        ),
        title=gettext("Take a task off the ladder"),
        submit=gettext("Take it off"),
        said=gettext("The task is off the ladder."),
        template="cases/need.html",
        asked=rung.task,
        order=("why", "happened_on", "kept"),
    )


@blueprint.route(f"{RUNG}/words", methods=BOTH)
@drafted(_l("Words to learn"))
def words(case_id: int, rung_id: int) -> ResponseReturnValue:
    page, ladder, rung = _rung(case_id, rung_id)
    form = WordsForm()
    form.name_language(page.language)
    return _form(
        page,
        ladder,
        form,
        lambda: add_words(session(), actor(), rung_id, form.pairs, on=form.happened_on.data, kept=form.kept.data),
        title=gettext("Words to learn"),
        submit=gettext("Save the words"),
        said=gettext("The words are saved."),
        template="cases/training_words.html",
        task=rung.task,
    )


@blueprint.post(f"{RUNG}/up")
def up(case_id: int, rung_id: int) -> ResponseReturnValue:
    _page, ladder, _line = _rung(case_id, rung_id)
    move_rung_up(session(), actor(), rung_id, on=today(session()))
    return redirect(_ladder_url(case_id, ladder.employer_id), 303)


@blueprint.post(f"/words/<{ID}:word_id>/learned")
def learned(case_id: int, word_id: int) -> ResponseReturnValue:
    """A tap; a second one says that it was not so."""
    page = training_page(reading(), actor(), case_id)
    for ladder in page.ladders:
        for rung in ladder.every:
            if any(word.id == word_id for word in rung.words):
                knows = request.form.get("learned") != "no"
                learn_word(session(), actor(), word_id, on=today(session()), learned=knows)
                flash(gettext("Recorded."), "done")
                return redirect(url_for("training.one", case_id=case_id, rung_id=rung.id, _anchor="words"), 303)
    raise NotFound()


def _rung(case_id: int, rung_id: int) -> tuple[TrainingPage, Ladder, RungLine]:
    page = training_page(reading(), actor(), case_id)
    return page, *page.rung(rung_id)


def _form(page: TrainingPage, ladder: Ladder, form: Any, act: Any, **shown: Any) -> ResponseReturnValue:
    """A form about one workplace: back to its ladder, done or not."""
    back = _ladder_url(page.id, ladder.employer_id)
    shown.setdefault("lead", ladder.employer)
    return case_form(page.id, form, act, then=lambda _done: back, cancel_url=back, **shown)


def _ladder_url(case_id: int, employer_id: int) -> str:
    return url_for("training.show", case_id=case_id, _anchor=f"place-{employer_id}")
