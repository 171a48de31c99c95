"""Writing the rows of employers.csv: new cards together, changes with their history, an entry of the trail for each."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from se_engine.actions.employers import as_text
from se_engine.clock import now
from se_engine.exchange.bulk import Bulk
from se_engine.exchange.employer_cells import FACTS
from se_engine.exchange.known_employers import KnownEmployers
from se_engine.records.base import Base, plain_table
from se_engine.records.employers import Employer, EmployerChange, EmployerPerson
from se_engine.rules.roles import Actor

CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"
TABLES: tuple[type[Base], ...] = (Employer, EmployerPerson, EmployerChange)
"""Parents before children."""


class EmployerWriter:
    """Rows are gathered until `flush`; cards that change are few, and are changed one by one."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session, self._actor, self._now = session, actor, now(session)
        self._bulk = Bulk(session, actor)
        self._rows: dict[type[Base], list[dict[str, Any]]] = {table: [] for table in TABLES}

    def write(
        self, office_id: int, said: Mapping[str, Any], card: Mapping[str, Any] | None, known: KnownEmployers
    ) -> str:
        """What was done with the row: created, updated or unchanged."""
        if card is None:
            number = self._bulk.number("employers")
            facts = {field: said.get(field) for field in FACTS}
            base = {"id": number, "office_id": office_id, "recorded_at": self._now, "version": 1}
            self._rows[Employer].append({**base, "name": said["name"], **facts})
            self._trail("employer_added", office_id, f"source=import employer={number}")
            self._person(number, said, None, 1)
            return CREATED
        return UPDATED if self._change(office_id, said, card, known) else UNCHANGED

    def flush(self) -> None:
        for table in TABLES:
            if rows := self._rows[table]:
                self._session.execute(insert(plain_table(table)), rows)
                self._rows[table] = []
        self._bulk.flush()

    def _change(self, office_id: int, said: Mapping[str, Any], card: Mapping[str, Any], known: KnownEmployers) -> bool:
        changed = {field: said[field] for field in ("name", *FACTS) if field in said and said[field] != card[field]}
        version = (card["version"] or 1) + 1
        person = known.person(card["id"], said["contact_name"]) if "contact_name" in said else None
        fields = [*changed, *(["person"] if self._person(card["id"], said, person, version) else [])]
        if not fields:
            return False
        cards = plain_table(Employer)
        self._session.execute(update(cards).where(cards.c.id == card["id"]).values(**changed, version=version))
        for field, after in changed.items():
            self._note(card["id"], field, as_text(card[field]), as_text(after), version)
        self._trail("employer_changed", office_id, f"source=import employer={card['id']} fields={','.join(fields)}")
        return True

    def _person(self, employer_id: int, said: Mapping[str, Any], known: Mapping[str, Any] | None, version: int) -> bool:
        """Somebody to talk to: added, or given the phone and e-mail that the file knows better."""
        if "contact_name" not in said:
            return False
        told = {name: said[f"contact_{name}"] for name in ("phone", "email") if f"contact_{name}" in said}
        if known is None:
            row = {
                "employer_id": employer_id, "name": said["contact_name"], "decides": False,
                "phone": told.get("phone"), "email": told.get("email"), "recorded_by": None, "recorded_at": self._now,
            }  # fmt: skip
            self._rows[EmployerPerson].append(row)
            self._note(employer_id, "person", None, _in_a_line(row), version)
            return True
        changed = {name: value for name, value in told.items() if known[name] != value}
        if changed:
            people = plain_table(EmployerPerson)
            self._session.execute(update(people).where(people.c.id == known["id"]).values(**changed))
            self._note(employer_id, "person", _in_a_line(known), _in_a_line({**known, **changed}), version)
        return bool(changed)

    def _note(self, employer_id: int, field: str, before: str | None, after: str | None, version: int) -> None:
        self._rows[EmployerChange].append(
            {
                "employer_id": employer_id, "field": field, "before": before, "after": after, "version": version,
                "recorded_by": self._actor.user_id, "recorded_at": self._now,
            }
        )  # fmt: skip

    def _trail(self, what: str, office_id: int, detail: str) -> None:
        self._bulk.add_trail(what, detail, office_id, None)


def _in_a_line(person: Mapping[str, Any]) -> str:
    return ", ".join(part for part in (person["name"], person["phone"], person["email"]) if part)
