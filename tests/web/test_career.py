"""Language and career on pages: what is told there shows there, bad input is told at the field, nothing is lost."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from tests.rules.test_pictures import jpeg, png
from tests.support.people import EMPLOYER, TODAY, make_case, transaction


@pytest.fixture
def case(office, noon):
    with transaction(office.database, noon) as session:
        return make_case(session, office.people, opened_on=TODAY - timedelta(days=30), days_per_step=3)


@pytest.fixture
def jo(visit):
    return visit("jo")


@pytest.fixture
def path(case):
    return f"/cases/{case.id}/career"


def test_levels_are_drawn_and_stand_in_a_table(jo, path):
    assert "Ingen nivåer er registrert" in jo.page(path).text
    for day, level in (("1.3.2026", "A2"), ("12.3.2026", "B1")):
        sent = jo.submit(f"{path}/levels", listening=level, speaking="A2", source="teacher", happened_on=day)
        assert sent.headers["Location"] == f"{path}#language"
    page = jo.get(path).text
    assert page.count("<svg") >= 2
    assert "Lytte: først A2, nå B1." in page
    assert "style=" not in page
    assert jo.submit(f"{path}/levels", source="teacher", happened_on="1.4.2026").status_code == 422


def test_a_goal_serves_a_wish_and_says_when_it_is_reached(jo, case, path):
    jo.submit(f"/cases/{case.id}/plan/wishes", job_wishes__1="A bakery")
    form = f"{path}/goals/new"
    assert "1: A bakery" in jo.page(form).text
    early = jo.submit(form, skill="speaking", level="B1", wish="1", by_on="1.1.2026", words="Talk at the till")
    assert early.status_code == 422
    assert "Talk at the till" in early.text
    assert jo.submit(form, skill="speaking", level="B1", wish="1", by_on="").status_code == 303
    page = jo.page(path).text
    assert "Snakke: B1" in page
    assert "A bakery" in page
    jo.submit(f"{path}/levels", speaking="B1", source="test")
    assert "Nivået er nådd" in jo.page(path).text
    end = next(link for link in jo.page(path).links if link.endswith("/end"))
    assert jo.submit(end, outcome="reached").status_code == 303
    assert "1 tidligere mål" in jo.page(path).text


def test_a_test_ahead_asks_for_its_result_once_it_was_taken(jo, noon, path):
    ahead = f"{path}/tests/new"
    assert jo.submit(ahead, kind="norwegian_test", taken_on="1.6.2036").status_code == 422
    assert jo.submit(ahead, kind="norwegian_test", taken_on="14.3.2026").status_code == 303
    assert "Resultatet mangler" in jo.page(path).text
    result = next(link for link in jo.page(path).links if link.endswith("/result"))
    assert jo.submit(result, speaking="B1", reading="not_passed").status_code == 303
    page = jo.page(path).text
    assert "Snakke: B1" in page
    assert "Lese: ikke bestått" in page
    again = jo.submit(f"{path}/tests/taken", kind="norwegian_test", taken_on="14.3.2026", speaking="B2")
    assert again.status_code == 422
    void = next(link for link in jo.page(path).links if "/tests/" in link and link.endswith("/void"))
    assert jo.submit(void).status_code == 422
    assert jo.submit(void, why="Another person's").status_code == 303
    assert "Ingen prøver er registrert" in jo.page(path).text


def test_a_test_without_skills_is_told_so_at_its_field(jo, path):
    sent = jo.submit(f"{path}/tests/taken", kind="citizenship", taken_on="1.3.2026", speaking="B1")
    assert sent.status_code == 422
    assert "bestått eller ikke" in sent.text
    assert jo.submit(f"{path}/tests/taken", kind="citizenship", taken_on="1.3.2026", passed="yes").status_code == 303
    assert "Statsborgerprøven" in jo.page(path).text


def test_steps_are_one_dated_list_with_the_job(jo, case, path):
    jo.submit(f"/cases/{case.id}/jobs/new", employer=EMPLOYER, started_on="10.3.2026", hours_per_week="20", paid="yes")
    assert jo.submit(f"{path}/steps/new", kind="other", happened_on="12.3.2026").status_code == 422
    sent = jo.submit(f"{path}/steps/new", kind="driving_licence", words="Klasse B", happened_on="12.3.2026")
    assert sent.status_code == 303
    page = jo.page(path).text
    assert page.index("Førerkort") < page.index("En jobb begynner")
    assert "20 timer i uka" in page
    assert "Førerkort" in jo.page(f"/cases/{case.id}/history").text
    void = next(link for link in jo.page(path).links if "/steps/" in link and link.endswith("/void"))
    assert jo.submit(void, why="Her sister's").status_code == 303
    assert "Førerkort" not in jo.page(path).text


def test_education_has_a_support_plan_and_an_end(jo, case, path):
    asked = {"level": "upper_secondary", "subject": "Helsefag", "place": "Nordkyn", "support": "Leksehjelp"}
    wrong = jo.submit(f"{path}/education/new", **asked, started_on="1.3.2026", planned_until="1.2.2026")
    assert wrong.status_code == 422
    assert "Leksehjelp" in wrong.text
    assert jo.submit(f"{path}/education/new", planned_until="").status_code == 303
    change = next(link for link in jo.page(path).links if "/education/" in link and link[-1].isdigit())
    assert jo.submit(change, outcome="left", learned="Kvelder gikk ikke").status_code == 422
    assert jo.submit(change, outcome="left", ended_on="15.3.2026", learned="Kvelder gikk ikke").status_code == 303
    page = jo.page(path).text
    assert "Sluttet" in page
    assert "Kvelder gikk ikke" in page
    assert "Begynte på utdanning" in jo.page(f"/cases/{case.id}/history").text
    assert jo.submit(f"{change}/void", why="Wrong person").status_code == 303
    assert "Ingen utdanning er registrert" in jo.page(path).text


def test_competence_from_abroad_has_its_recognition_over_time(jo, case, path):
    sent = jo.submit(f"{path}/qualifications/new", words="Sykepleier", country="Syria", years="4", documented="partly")
    assert sent.status_code == 303
    link = next(link for link in jo.page(path).links if link.endswith("/recognition"))
    assert jo.submit(link, status="granted", words="Godkjent som sykepleier").status_code == 303
    page = jo.page(path).text
    assert "Syria" in page
    assert "Godkjent som sykepleier" in page
    record = f"/participants/{case.participant_id}/fields/education"
    refused = jo.submit(record, recognition_status__1="rejected")
    assert refused.status_code == 422
    assert "kompetansen fra utlandet" in refused.text


def test_the_talk_about_money_is_due_before_the_first_paid_day(jo, case, path):
    jo.submit(f"/cases/{case.id}/jobs/new", employer=EMPLOYER, started_on="10.3.2026", hours_per_week="20", paid="yes")
    assert "fristen var 9. mars 2026" in jo.page(f"/cases/{case.id}/plan").text
    jo.submit(f"/cases/{case.id}/tasks/T2-A09", words="Vi regnet på det.", happened_on="8.3.2026", status="done")
    assert "Snakket om økonomi 8. mars 2026" in jo.page(path).text
    assert "Vi regnet på det." in jo.page(path).text


def test_nobody_elses_career_is_there(visit, case, path):
    for who in ("sam", "far", "ida"):
        assert visit(who).get(path).status_code == 404


def test_a_phone_and_a_picture_for_ones_participants(visit, office):
    jo = visit("jo")
    me = jo.actor.user_id
    assert jo.submit("/account/phone", phone="call me").status_code == 422
    assert jo.submit("/account/phone", phone="+47 900 00 000").status_code == 303
    assert "+47 900 00 000" in jo.page("/account").text
    assert jo.get(f"/photos/{me}").status_code == 404
    for wrong in (b"", b"<svg/>", png(side=10)):
        assert send_photo(jo, wrong).status_code == 422
    assert send_photo(jo, jpeg()).status_code == 303
    assert send_photo(jo, png()).status_code == 303
    answer = jo.get(f"/photos/{me}")
    assert (answer.data, answer.mimetype) == (png(), "image/png")
    assert answer.headers["Cache-Control"] == "no-store"
    assert visit("sam").get(f"/photos/{me}").status_code == 200
    for other in ("far", "ida"):
        assert visit(other).get(f"/photos/{me}").status_code == 404
    assert jo.submit("/account/photo", at="/account/photo/remove").status_code == 303
    assert jo.get(f"/photos/{me}").status_code == 404
    assert [what for what, *_ in office.trail() if what.startswith("photo")] == [
        "photo_changed", "photo_changed", "photo_removed",
    ]  # fmt: skip


def send_photo(visitor, data):
    form = visitor.page("/account/photo").form("/account/photo")
    fields = {**form.values, "photo": (io.BytesIO(data), "me.png")}
    return visitor.client.post("/account/photo", data=fields, content_type="multipart/form-data")
