"""The participant's sheet is one tagged A4 in every language, whatever stands on it, and nothing on it is markup."""

import struct
import zlib
from datetime import date, timedelta

import pytest

from se_engine.actions.contact_details import change_own_phone, set_own_photo
from se_engine.actions.goals import set_goal
from se_engine.actions.meetings import plan_meeting
from se_engine.actions.record import record_field
from se_engine.her_language import languages, words
from se_engine.printing.pairs import Beside
from se_engine.printing.sheet import LONGEST_WORDS, sheet_pdf, told
from se_engine.queries.sheet import OwnWords, sheet_of
from se_engine.rules.contacts import Meeting
from se_engine.rules.errors import Refused
from se_engine.rules.interpreters import InterpreterWish
from tests.support.paper import opened
from tests.support.people import TODAY

EXAMPLE = "sqlite"
"""What is printed is the same on both engines; what is read from them has tests of its own below."""
LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
ATTACK = '#panic("x") *b* _i_ $x$ `c` </script> \\ "quoted" @label <tag> // end'


def plan(session, people, case, days, **rest):
    ahead = Meeting("participant", TODAY + timedelta(days=days), **rest)
    return plan_meeting(session, people.jo, case.id, ahead, interpreter=InterpreterWish("no", "norwegian_is_enough"))


@pytest.fixture
def meeting(session, people, case):
    return plan(session, people, case, 8, starts_at="13:30", place="The library")


def paper(session, people, case, language="nb", norwegian="nb"):
    return opened(sheet_pdf(sheet_of(session, people.jo, case.id), Beside.of(language, norwegian)))


@pytest.mark.parametrize("engine_name", [EXAMPLE], indirect=True)
def test_it_is_one_tagged_page_in_every_language_with_norwegian(session, people, case, meeting):
    for language in languages():
        found, hers = paper(session, people, case, language), words(language)
        assert (found.pages, found.tagged) == (1, True), language
        assert (found.language.split("-")[0], found.title) == (language, hers["sheet_title"])
        assert "pdfuaid" in found.claims
        assert "<pdfaid:part>3<" in found.claims
        assert found.alternatives >= 5
        told = ("24", "13:30", "The library", "Jo", "Min veg" if language == "nn" else "Min vei")
        assert [part for part in told if part not in found.text] == [], language


@pytest.mark.parametrize("engine_name", [EXAMPLE], indirect=True)
def test_it_stays_one_page_with_long_words_everywhere(session, people, case):
    plan(session, people, case, 0, starts_at="23:59", place=f"{LONG} {LONG}")
    set_goal(session, people.jo, case.id, kind="individual", words=f"{LONG} " * 60, set_on=TODAY)
    assert {language: paper(session, people, case, language).pages for language in languages()} == dict.fromkeys(
        languages(), 1
    )


@pytest.mark.parametrize("engine_name", [EXAMPLE], indirect=True)
def test_her_words_stand_unchanged_and_are_never_markup(session, people, case):
    set_goal(session, people.jo, case.id, kind="individual", words=ATTACK, set_on=TODAY, kept=True)
    assert ATTACK.replace(" ", "") in paper(session, people, case).text.replace(" ", "")


@pytest.mark.parametrize("engine_name", [EXAMPLE], indirect=True)
def test_a_letter_without_a_font_is_refused_by_name(session, people, case):
    set_goal(session, people.jo, case.id, kind="individual", words="I want 漢字.", set_on=TODAY)
    with pytest.raises(Refused) as no:
        paper(session, people, case, "ar")
    assert no.value.reason.values["letters"] == "«漢» (U+6F22), «字» (U+5B57)"


@pytest.mark.parametrize("engine_name", [EXAMPLE], indirect=True)
@pytest.mark.parametrize("protected", [True, False])
def test_a_protected_participant_has_no_name_on_her_sheet(session, people, make_case, protected):
    case = make_case(given_name="Secret", protected=protected)
    assert ("Secret" not in paper(session, people, case).text) is protected


@pytest.mark.parametrize("engine_name", [EXAMPLE], indirect=True)
def test_the_picture_of_her_specialist_stands_on_it_with_words_beside(session, people, case):
    before = paper(session, people, case).alternatives
    set_own_photo(session, people.jo, png(64, 96))
    change_own_phone(session, people.jo, "78 46 00 00")
    found = paper(session, people, case, "so")
    assert (found.alternatives, found.pages) == (before + 1, 1)
    assert "78 46 00 00" in found.text


def png(width, height):
    """The smallest picture there is of that size, all black."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress(bytes((width + 1) * height))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_what_comes_is_the_next_meeting_and_who_does_it(session, people, case, meeting):
    plan(session, people, case, 20, channel="phone")
    sheet = sheet_of(session, people.jo, case.id)
    assert sheet.appointment is not None
    assert (sheet.appointment.on, sheet.appointment.at) == (date(2026, 3, 24), "13:30")
    shown = told(sheet, Beside.of("en"))
    assert [pair.hers for pair in shown.what] == ["We meet", "We talk together. Then we write an agreement."]
    assert [place.state for place in shown.places] == ["now", *["remaining"] * 4]


def test_without_a_date_it_says_so(session, people, case):
    change_own_phone(session, people.jo, "78 46 00 00")
    sheet = sheet_of(session, people.jo, case.id)
    assert (sheet.appointment, sheet.own, sheet.specialist.phone) == (None, None, "78 46 00 00")
    assert told(sheet, Beside.of("en")).what[0].ours == "Vi har ingen ny dato. Jo ringer deg."


@pytest.mark.parametrize(("step", "done", "after"), [("job_support", 4, None), ("follow_up", 5, "follow_up")])
def test_what_lies_behind_her_is_done(session, people, make_case, step, done, after):
    shown = told(sheet_of(session, people.jo, make_case(step).id), Beside.of("nb"))
    assert [place.state for place in shown.places].count("done") == done
    assert (shown.after.key if shown.after else None) == after


def test_the_newest_of_her_own_words_counts_and_no_summary(session, people, case):
    said_before = ((9, "An old wish.", "own"), (5, "I want to bake.", "interpreted"), (1, "Summary.", "specialist"))
    for days, said, whose in said_before:
        set_goal(
            session, people.jo, case.id, kind="individual", words=said, whose=whose, set_on=TODAY - timedelta(days=days)
        )
    assert sheet_of(session, people.jo, case.id).own.words == "I want to bake."


def test_a_code_she_chose_is_not_told_as_her_words(session, people, case):
    her = case.participant_id
    record_field(session, people.jo, her, "main_goal", "job", happened_on=TODAY)
    assert sheet_of(session, people.jo, case.id).own is None
    record_field(session, people.jo, her, "dream", "My own bakery", happened_on=TODAY - timedelta(days=1))
    assert sheet_of(session, people.jo, case.id).own.words == "My own bakery"


def test_words_too_long_for_a_page_say_that_they_go_on(session, people, case):
    said = "I want to bake bread. " * 60
    set_goal(session, people.jo, case.id, kind="individual", words=said, set_on=TODAY)
    own = told(sheet_of(session, people.jo, case.id), Beside.of("nb")).own
    assert isinstance(own, OwnWords)
    assert len(own.words) <= LONGEST_WORDS + 2
    assert own.words.endswith(" …")
    assert said.startswith(own.words.removesuffix(" …"))
