"""A text in the three languages of the service."""

from dataclasses import dataclass

LANGUAGES = ("nb", "nn", "en")


@dataclass(frozen=True)
class Text:
    nb: str
    nn: str
    en: str

    def to(self, language: str) -> str:
        """The text in `nb`, `nn` or `en`; bokmål for a language we do not have."""
        return {"nn": self.nn, "en": self.en}.get(language, self.nb)
