"""Every text of the pages is there in nb and nn; English stands in the pages themselves."""

import configparser

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from tests.support.tree import TOP

WEB = TOP / "web"


@pytest.fixture(scope="module")
def texts() -> set[tuple[str, str | None]]:
    """What `make translations` gathers: each text with its context."""
    config = configparser.ConfigParser()
    config.read(WEB / "babel.cfg")
    methods = [(pattern, method) for method, pattern in (section.split(": ") for section in config.sections())]
    found = extract_from_dir(WEB, methods, keywords={**DEFAULT_KEYWORDS, "_l": None})
    return {(text if isinstance(text, str) else text[0], context) for _, _, text, _, context in found}


def is_finished(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    return all(message.string if isinstance(message.string, tuple) else (message.string,))


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_text_is_translated(texts, language):
    with (WEB / f"translations/{language}/LC_MESSAGES/messages.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    assert [text for text, context in sorted(texts, key=str) if not is_finished(catalogue.get(text, context))] == []
