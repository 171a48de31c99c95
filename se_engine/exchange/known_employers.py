"""The employers that offices have already, by name and organisation number, and the people on their cards."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.records.base import plain_table
from se_engine.records.employers import Employer, EmployerPerson
from se_engine.rules.errors import Refused

Card = dict[str, Any]
"""A card as plain columns: records would each be watched by the session for the rest of the import."""


class KnownEmployers:
    """Three statements for each office of the file, however many employers it has."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._by_name: dict[int, dict[str, Card]] = {}
        self._by_number: dict[int, dict[str, Card]] = {}
        self._people: dict[tuple[int, str], Card] = {}

    def card(self, office_id: int, name: str, number: str | None) -> Card | None:
        """By the number first; Refused when the name belongs to another employer."""
        self._load(office_id)
        named = self._by_name[office_id].get(name)
        numbered = self._by_number[office_id].get(number) if number else None
        if numbered is None:
            if named is not None and number and named["org_number"] not in (None, number):
                raise Refused("employer_name_used", field="name", name=name)
            return named
        if named is not None and named["id"] != numbered["id"]:
            raise Refused("employer_name_used", field="name", name=name)
        return numbered

    def person(self, employer_id: int, name: str) -> Card | None:
        """Somebody on the card who has not left."""
        return self._people.get((employer_id, name.casefold()))

    def _load(self, office_id: int) -> None:
        if office_id in self._by_name:
            return
        cards, people = plain_table(Employer), plain_table(EmployerPerson)
        mine = cards.c.office_id == office_id
        found = [dict(row._mapping) for row in self._session.execute(select(cards).where(mine))]
        self._by_name[office_id] = {card["name"]: card for card in found}
        self._by_number[office_id] = {card["org_number"]: card for card in reversed(found) if card["org_number"]}
        there = select(people).where(
            people.c.employer_id.in_(select(cards.c.id).where(mine)), people.c.left_on.is_(None)
        )
        for row in self._session.execute(there):
            self._people[row.employer_id, row.name.casefold()] = dict(row._mapping)
