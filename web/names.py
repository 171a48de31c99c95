"""Names of languages and countries in the reader's language, from CLDR; and the codes behind what people type."""

from collections.abc import Mapping
from functools import lru_cache

from babel import Locale

from se_engine.rules.codes import COUNTRIES, LANGUAGES
from web.language import LOCALES, language

OFTEN_USED = (
    "ti", "ar", "so", "prs", "fa", "ps", "uk", "ru", "en", "fr", "es", "sw", "am", "om", "ku", "ckb", "kmr", "tr", "ur",
    "my", "th", "vi", "zh", "pl", "lt", "ro", "rw", "ln", "nb", "nn",
)  # fmt: skip
"""Offered first: languages of the programmes' participants, and those of the country."""


def language_names() -> Mapping[str, str]:
    return _names(language(), "languages")


def country_names() -> Mapping[str, str]:
    return _names(language(), "territories")


def language_name(code: str | None) -> str:
    """The language's name; its code where the register of names has none."""
    return language_names().get(code, code) if code else ""


def country_name(code: str | None) -> str:
    return country_names().get(code, code) if code else ""


@lru_cache(maxsize=8)
def _names(reader: str, kind: str) -> dict[str, str]:
    locale = Locale.parse(LOCALES[reader])
    codes = LANGUAGES if kind == "languages" else COUNTRIES
    known: Mapping[str, str] = locale.languages if kind == "languages" else locale.territories
    names = {code: known.get(_region(code), known.get(code, code)) for code in codes}
    return dict(sorted(names.items(), key=lambda item: item[1].casefold()))


def _region(code: str) -> str:
    """Dari stands in the register as Persian of Afghanistan."""
    return {"prs": "fa_AF"}.get(code, code)


def code_of(given: str, names: Mapping[str, str]) -> str | None:
    """The code of a name in any of our languages, or the code itself."""
    wanted = given.strip().casefold()
    kind = "territories" if "NO" in names else "languages"
    for known in (names, *(_names(reader, kind) for reader in LOCALES)):
        for code, name in known.items():
            if wanted in (name.casefold(), code.casefold()):
                return code
    return None


def offered_first(names: Mapping[str, str]) -> list[str]:
    """All names, those that are used often first."""
    often = [names[code] for code in OFTEN_USED if code in names]
    return [*often, *(name for name in names.values() if name not in set(often))]
