"""Her language: every file is whole, honest about who has read it, drawable, and easy where it is Norwegian."""

import tomllib
import unicodedata
from datetime import date

import pytest
from babel.dates import get_day_names, get_month_names
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from se_engine import her_language
from se_engine.cli import main
from se_engine.her_language import FOLDER, HOLE, OURS, faults, languages, words
from se_engine.printing import glyphs, language_files
from se_engine.rules.errors import InvalidDefinition
from se_engine.rules.languages import NORWEGIAN
from se_engine.rules.readability import EASY, lix

ASKED = {"ar", "prs", "ti", "so", "uk", "pl", "en", "sw", "ru", "tr", "ur", "ta", "nb", "nn"}
RIGHT_TO_LEFT = {"ar", "prs", "ur"}
SCRIPTS = {
    "ar": "ARABIC", "prs": "ARABIC", "ur": "ARABIC",
    "uk": "CYRILLIC", "ru": "CYRILLIC",
    "ti": "ETHIOPIC", "ta": "TAMIL",
}  # fmt: skip
LATIN_NAMES = {"A", "B", "C"}
"""The plans keep their letters, which stand on the Norwegian paper too."""
OTHER_LETTERS = {
    "ar": "\u06a9\u06cc\u06af\u067e",
    "prs": "\u0643\u064a\u0649\u06d2",
    "ur": "\u0643\u064a\u0649",
    "uk": "ыэёъ",
    "ru": "іїєґ",
}
"""Letters of a neighbouring language, which look the same to who cannot read them."""
CLDR = {"prs": "fa_AF"}
SPELT_OTHERWISE = {"so", "ta"}
"""As in the invitations, and as in Sri Lanka."""
FOREIGN = sorted(set(languages()) - set(NORWEGIAN))
ORIGINAL = tomllib.loads((FOLDER / f"{OURS}.toml").read_text(encoding="utf-8"))


def written(language: str) -> dict[str, str]:
    """What the file itself says, without the Norwegian that fills its gaps."""
    hers = words(language)
    return {key: text for key, text in hers.text.items() if key not in hers.left_out}


def told(language: str) -> list[str]:
    hers = words(language)
    return [*written(language).values(), hers.not_read, hers.name, *hers.weekdays, *hers.months]


def test_the_languages_that_were_asked_for_are_there():
    assert set(languages()) == ASKED


@pytest.mark.parametrize("language", sorted(ASKED))
def test_every_file_is_whole_and_can_be_printed(language):
    hers = her_language.read_file(FOLDER / f"{language}.toml")
    assert hers.text.keys() == words(OURS).text.keys()
    assert (hers.direction == "rtl") is (language in RIGHT_TO_LEFT)
    assert len(set(hers.weekdays)) == 7
    assert len(set(hers.months)) == 12
    assert glyphs.missing(told(language)) == []


@pytest.mark.parametrize("language", sorted(ASKED))
def test_names_in_braces_are_those_of_the_original(language):
    for key, text in written(language).items():
        assert sorted(HOLE.findall(text)) == sorted(HOLE.findall(ORIGINAL["text"][key])), (language, key)


@pytest.mark.parametrize("language", FOREIGN)
def test_nobody_is_named_as_reader_without_a_day_and_nobody_read_says_so(language):
    hers = words(language)
    assert bool(hers.reviewed_by) is bool(hers.reviewed_on)
    assert hers.unreviewed == ("" if hers.reviewed_by else hers.not_read)
    assert hers.not_read not in ("", words("en").not_read) or language == "en"


@pytest.mark.parametrize("language", FOREIGN)
def test_little_is_left_out_and_never_what_she_signs_or_refuses_by(language):
    hers = words(language)
    assert len(hers.left_out) <= 10
    assert not {key for key in hers.left_out if key.split("_")[0] in ("step", "disagree", "stop", "complain", "sign")}
    assert not hers.left_out & {"norwegian_binds", "copy", "interpreter", "voluntary", "right_to_read"}


@pytest.mark.parametrize("language", sorted(SCRIPTS))
def test_a_text_is_written_in_its_own_letters(language):
    for text in told(language):
        letters = [letter for letter in HOLE.sub("", text) if letter.isalpha() and letter not in LATIN_NAMES]
        foreign = [letter for letter in letters if not unicodedata.name(letter).startswith(SCRIPTS[language])]
        assert foreign == [], text


@pytest.mark.parametrize("language", sorted(OTHER_LETTERS))
def test_no_letter_of_a_neighbouring_language_has_slipped_in(language):
    assert not set(OTHER_LETTERS[language]) & set("".join(told(language)).lower())


@pytest.mark.parametrize("language", sorted(ASKED))
def test_numbers_are_those_of_the_clock_on_the_wall(language):
    hers = words(language)
    said = hers.day(date(2027, 2, 28)) + hers.say("clock", time="13:45")
    assert all(number in said for number in ("28", "2027", "13:45"))
    assert all(letter in "0123456789" for letter in said if letter.isnumeric())


@pytest.mark.parametrize("language", sorted(ASKED - SPELT_OTHERWISE))
def test_days_and_months_are_called_what_they_are(language):
    """Held against the Unicode consortium's own list."""
    hers, locale = words(language), CLDR.get(language, language)
    days, months = get_day_names("wide", "format", locale), get_month_names("wide", "format", locale)
    assert list(hers.weekdays) == [_plain(days[day]) for day in range(7)]
    assert list(hers.months) == [_plain(months[month]) for month in range(1, 13)]


def _plain(name: str) -> str:
    return name.replace("\u02bc", "\u2019")


@pytest.mark.parametrize("language", sorted(NORWEGIAN))
def test_the_norwegian_is_easy_as_a_whole_and_part_by_part(language):
    text = words(language).text
    assert lix("\n".join(text.values())) <= EASY
    for part in ("step", "next", "explain", "purpose", "right", "who", "picture", "survey"):
        assert lix("\n".join(said for key, said in text.items() if key.startswith(f"{part}_"))) <= EASY, part


@pytest.mark.parametrize("language", sorted(NORWEGIAN))
def test_no_norwegian_sentence_is_long(language):
    for key, said in words(language).text.items():
        assert all(len(sentence.split()) <= 16 for sentence in said.split(". ")), key


WITH_HOLES = sorted(key for key, text in ORIGINAL["text"].items() if "{" in text)


@given(
    language=st.sampled_from(FOREIGN),
    key=st.sampled_from(WITH_HOLES),
    change=st.sampled_from(
        [
            lambda text, hole: text.replace(f"{{{hole}}}", ""),
            lambda text, hole: text.replace(f"{{{hole}}}", f"{{{hole}s}}"),
            lambda text, hole: text.replace(f"{{{hole}}}", f"{{{hole}"),
            lambda text, hole: f"{text} {{{hole}}}",
            lambda text, hole: f"{text} {{}}",
        ]
    ),
)
def test_a_changed_name_in_braces_is_refused_by_file_and_key(tmp_path_factory, language, key, change):
    document = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    hole = HOLE.findall(ORIGINAL["text"][key])[0]
    document["text"][key] = change(document["text"][key], hole)
    found = faults(document, ORIGINAL, code=language)
    assert len(found) == 1
    assert f"«{key}»" in found[0]


SABOTAGE = [
    ('call = "', 'call = "{who} ', "«call» is to have {person}, each once"),
    ('meet = "', 'greet = "', "«meet» is missing"),
    ('direction = "rtl"', 'direction = "up"', "«direction» is «up»"),
    ('"يناير", ', "", "«months» has 11 names, not 12"),
    ('reviewed_by = ""', 'reviewed_by = "Ola"', "belong together"),
    ("[text]", 'left_out = ["meet"]\n[text]', "«meet» is both written and left out"),
    ("[text]", 'left_out = ["greet"]\n[text]', "«greet» is left out and not known"),
    ('language = "ar"', 'language = "fa"', "«language» is «fa»"),
]


@pytest.mark.parametrize(("old", "new", "said"), SABOTAGE)
def test_a_file_that_was_spoilt_is_refused_by_its_name(tmp_path, old, new, said):
    text = (FOLDER / "ar.toml").read_text(encoding="utf-8")
    spoilt = tmp_path / "ar.toml"
    spoilt.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InvalidDefinition) as refused:
        her_language.read_file(spoilt)
    assert "ar.toml" in str(refused.value)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("old", "key"), [('meet = "', "meet"), ('unreviewed = "', "unreviewed"), ('months = ["', "months")]
)
def test_a_letter_that_no_font_has_is_refused_by_file_and_key(tmp_path, old, key):
    spoilt = tmp_path / "ta.toml"
    spoilt.write_text((FOLDER / "ta.toml").read_text(encoding="utf-8").replace(old, f"{old}漢", 1), encoding="utf-8")
    with pytest.raises(InvalidDefinition) as refused:
        language_files.read_file(spoilt)
    assert str(refused.value) == f"ta.toml: «{key}» has a letter that no font we ship can draw: «漢» (U+6F22)"


def test_the_command_names_every_file_and_what_is_wrong(tmp_path):
    spoilt = tmp_path / "ar.toml"
    spoilt.write_text(
        (FOLDER / "ar.toml").read_text(encoding="utf-8").replace('call = "', 'call = "{who} ', 1), "utf-8"
    )
    everything = CliRunner().invoke(main, ["languages", "check"])
    assert (everything.exit_code, len(everything.stdout.splitlines())) == (0, len(ASKED))
    refused = CliRunner().invoke(main, ["languages", "check", str(spoilt)])
    assert refused.exit_code == 1
    assert "ar.toml: «call» is to have {person}, each once" in refused.stderr
    assert CliRunner().invoke(main, ["languages", "check", "xx"]).exit_code == 2


def test_what_is_left_out_stands_in_norwegian():
    hers = words("ti")
    assert hers.left_out
    assert all(hers[key] == words(OURS)[key] for key in hers.left_out)


def test_norwegian_leaves_nothing_out():
    document = {**ORIGINAL, "left_out": ["meet"]}
    assert "«left_out» is for other languages: Norwegian says everything" in faults(document, ORIGINAL, code=OURS)
