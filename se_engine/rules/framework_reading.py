"""The tables of a framework file, read one by one: what has the wrong shape becomes a fault and goes on as nothing."""

from collections.abc import Collection, Mapping
from typing import Any

from se_engine.rules.text import Text, text_of

Table = Mapping[str, Any]
ALLOWED: Mapping[str, set[str]] = {
    "file": {"name", "title", "about", "mark", "rated", "items", "maximum", "rights", "scale", "aggregate",
             "category", "section", "area", "item", "cap"},
    "rights": {"status", "holder", "source", "text_allowed", "licence", "checked_by", "checked_on"},
    "scale": {"lowest", "highest", "levels", "codes"},
    "aggregate": {"total", "sections", "missing"},
    "category": {"key", "title", "min", "max"},
    "section": {"key", "title", "steps", "dimension", "rated"},
    "area": {"key", "title"},
    "item": {"key", "section", "title", "assessed", "levels", "evidence", "basis", "mark", "comp", "indicator", "bands",
             "elements", "suggests", "min_n", "window_days", "per", "shown", "judgement", "adaptable", "areas",
             "original"},
    "indicator": {"key", "version", "unit", "direction"},
    "band": {"level", "min", "max"},
    "original": {"language", "title", "text", "levels"},
    "cap": {"item", "section", "level", "above"},
}  # fmt: skip


class Reader:
    """Collects the faults while the tables are turned into data."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def table(self, kind: str, label: str, value: Any) -> Table:
        if not isinstance(value, dict):
            self.faults.append(f"{label} must be a table")
            return {}
        allowed = ALLOWED[kind]
        for key in sorted(set(value) - allowed):
            self.faults.append(f"{label}: unknown key «{key}»; allowed: {', '.join(sorted(allowed))}")
        return value

    def tables(self, kind: str, label: str, value: Any) -> list[tuple[str, Table]]:
        """Each table with its label, by its key where it has one."""
        if not isinstance(value, list):
            self.faults.append(f"{label} must be a list of tables")
            return []
        named = [(f"{kind} «{one.get('key', '?') if isinstance(one, dict) else '?'}»", one) for one in value]
        return [(name, self.table(kind, name, one)) for name, one in named]

    def word(
        self, label: str, table: Table, key: str, allowed: Collection[str] = (), *, default: str | None = None
    ) -> str:
        value = table.get(key, default)
        if not isinstance(value, str) or (not value and default is None):
            self.faults.append(f"{label}: «{key}» is missing" if key not in table else f"{label}: {key} must be a word")
            return ""
        if allowed and value not in allowed:
            self.faults.append(f"{label}: {key} «{value}» is unknown; allowed: {', '.join(allowed)}")
        return value

    def number(self, label: str, table: Table, key: str, *, least: int, default: int | None = None) -> int:
        value = table.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            self.faults.append(f"{label}: {key} must be a whole number from {least} up")
            return least
        return value

    def flag(self, label: str, table: Table, key: str, *, default: bool) -> bool:
        value = table.get(key, default)
        if not isinstance(value, bool):
            self.faults.append(f"{label}: {key} must be true or false")
        return value is True

    def words(self, label: str, table: Table, key: str, allowed: Collection[str] = ()) -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            self.faults.append(f"{label}: {key} must be a list of words")
            return ()
        unknown = [word for word in value if allowed and word not in allowed]
        self.faults += [f"{label}: {key} «{word}» is unknown; allowed: {', '.join(allowed)}" for word in unknown]
        return tuple(value)

    def list_of(self, label: str, table: Table, key: str) -> list[Any]:
        value = table.get(key, [])
        if isinstance(value, list):
            return value
        self.faults.append(f"{label}: {key} must be a list of tables")
        return []

    def text(self, label: str, value: Any) -> Text:
        return text_of(label, value, self.faults)

    def texts(self, label: str, value: Any) -> tuple[Text, ...]:
        if not isinstance(value, list):
            self.faults.append(f"{label} must be a list of texts")
            return ()
        return tuple(self.text(label, one) for one in value)

    def levels(self, label: str, value: Any) -> dict[int, Any]:
        """The texts of a table by their level; what is no level is a fault."""
        table = value if isinstance(value, dict) else {}
        if table is not value:
            self.faults.append(f"{label} must be a table of levels")
        self.faults += [f"{label}: «{key}» is no level" for key in table if not key.isdecimal()]
        return {int(key): text for key, text in table.items() if key.isdecimal()}
