"""A text in the three languages of the service."""

from dataclasses import dataclass
from typing import Any

LANGUAGES = ("nb", "nn", "en")


@dataclass(frozen=True)
class Text:
    nb: str
    nn: str
    en: str

    def to(self, language: str) -> str:
        """The text in `nb`, `nn` or `en`; bokmål for a language we do not have."""
        return {"nn": self.nn, "en": self.en}.get(language, self.nb)


def text_of(label: str, value: Any, faults: list[str]) -> Text:
    """The text in a table of a definition file; what is wrong with it is added to the faults."""
    table = value if isinstance(value, dict) else {}
    for language in LANGUAGES:
        if not isinstance(table.get(language), str) or not table[language].strip():
            faults.append(f"{label}: text is missing in {language}")
    for language in sorted(set(table) - set(LANGUAGES)):
        faults.append(f"{label}: unknown language «{language}»; allowed: {', '.join(LANGUAGES)}")
    return Text(*(str(table.get(language, "")) for language in LANGUAGES))
