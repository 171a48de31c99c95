"""Reading a page as its visitor does: title, headings, forms with their fields, and what carries no label."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

FIELDS = {"input", "select", "textarea"}
VOID = {"input", "meta", "link", "br", "img", "hr", "path", "rect", "circle"}


@dataclass
class Form:
    method: str
    action: str
    values: dict[str, str] = field(default_factory=dict)
    """Name → value of everything that would be sent without touching a field."""


@dataclass
class Control:
    kind: str
    id: str | None
    name: str | None
    label: str | None


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.headings: list[tuple[str, str]] = []
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self._controls: list[Control] = []
        self._labels: set[str] = set()
        self._open: list[str] = []
        self._form: Form | None = None
        self._select: str | None = None
        self.feed(text)

    @property
    def h1s(self) -> list[str]:
        return [text.strip() for tag, text in self.headings if tag == "h1"]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    @property
    def unlabelled(self) -> list[str]:
        """Fields a person cannot know the meaning of."""
        return [
            f"{one.kind} {one.name}"
            for one in self._controls
            if one.kind not in ("hidden", "submit") and not one.label and one.id not in self._labels
        ]

    def form(self, action: str) -> Form:
        return next(form for form in self.forms if form.action.partition("?")[0] == action)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        if tag not in VOID:
            self._open.append(tag)
        if tag in ("h1", "h2", "h3"):
            self.headings.append((tag, ""))
        if tag == "a":
            self.links.append(found.get("href", ""))
        if tag == "form":
            self._form = Form(found.get("method", "get").lower(), found.get("action", ""))
            self.forms.append(self._form)
        if tag == "label":
            self._labels.add(found.get("for", ""))
        if tag in FIELDS:
            self._field(tag, found)
        if tag == "option" and self._form is not None and self._select and "selected" in found:
            self._form.values[self._select] = found.get("value", "")

    def _field(self, tag: str, found: dict[str, str]) -> None:
        kind = found.get("type", "text") if tag == "input" else tag
        name = found.get("name")
        self._controls.append(Control(kind, found.get("id"), name, found.get("aria-label")))
        self._select = name if tag == "select" else None
        if self._form is None or name is None:
            return
        if kind in ("radio", "checkbox"):
            if "checked" in found:
                self._form.values[name] = found.get("value", "on")
        else:
            self._form.values.setdefault(name, found.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag == "form":
            self._form = None

    def handle_data(self, data: str) -> None:
        if "title" in self._open and "svg" not in self._open:
            self.title += data
        if self._open and self._open[-1] != "title":
            self.words.append(data)
        if self.headings and any(tag in self._open for tag in ("h1", "h2", "h3")):
            tag, text = self.headings[-1]
            self.headings[-1] = (tag, text + data)
