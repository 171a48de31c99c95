"""Every text of the pages is there in nb and nn, and nothing else; English stands in the pages themselves."""

import ast
import configparser

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from tests.support.tree import TOP

WEB = TOP / "web"
CALLS = {"_", "_l", "gettext", "lazy_gettext", "ngettext", "pgettext"}
LANGUAGES = pytest.mark.parametrize("language", ["nb", "nn"])
Text = tuple[str, str | None]


@pytest.fixture(scope="module")
def texts() -> set[Text]:
    """What `make translations` gathers: each text with its context."""
    config = configparser.ConfigParser()
    config.read(WEB / "babel.cfg")
    methods = [(pattern, method) for method, pattern in (section.split(": ") for section in config.sections())]
    found = extract_from_dir(WEB, methods, keywords={**DEFAULT_KEYWORDS, "_l": None})
    return {(text if isinstance(text, str) else text[0], context) for _, _, text, _, context in found}


def catalogue(language: str) -> Catalog:
    with (WEB / f"translations/{language}/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale=language)


def name_of(message: Message) -> Text:
    return (message.id if isinstance(message.id, str) else message.id[0], message.context)


def is_finished(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    return all(message.string if isinstance(message.string, tuple) else (message.string,))


@LANGUAGES
def test_every_text_is_translated(texts, language):
    kept = catalogue(language)
    assert [text for text, context in sorted(texts, key=str) if not is_finished(kept.get(text, context))] == []


@LANGUAGES
def test_nothing_is_translated_that_no_page_says(texts, language):
    kept = catalogue(language)
    unused = [name_of(message) for message in kept if message.id and name_of(message) not in texts]
    assert unused == []
    assert not kept.obsolete


@LANGUAGES
def test_every_translation_fills_in_what_the_text_does(language):
    kept = catalogue(language)
    assert [(message.id, str(wrong)) for message in kept for wrong in message.check(kept)] == []


def test_every_text_in_python_is_gathered(texts):
    """A call within the braces of an f-string, or with a name instead of a text, is passed over without a word."""
    gathered = {text for text, _context in texts}
    missed = [
        f"{path.relative_to(TOP)}:{call.lineno}"
        for path in sorted(WEB.rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in CALLS
        if not gathered & {given.value for given in call.args if isinstance(given, ast.Constant)}
    ]
    assert [place for place in missed if not place.startswith("web/forms/base.py")] == []
