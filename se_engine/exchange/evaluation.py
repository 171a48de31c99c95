"""An export for evaluation: tables of pseudonyms, bands and days, with a dictionary, whole or not at all."""

import csv
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from se_engine import processes
from se_engine.exchange.evaluation_dictionary import TABLES, VERSION
from se_engine.keys import Keyring
from se_engine.measures.effort import DEFINITION_VERSION as EFFORT_VERSION
from se_engine.queries.evaluation import LEAST, Population, Wanted, population
from se_engine.queries.evaluation_rows import Source
from se_engine.rules.coarsening import LEAST_ALIKE
from se_engine.rules.errors import Refused
from se_engine.rules.retention import DEFINITION_VERSION as RETENTION_VERSION
from se_engine.rules.roles import Actor

PURPOSE = b"evaluation"
"""Sets these pseudonyms apart from every other digest under the master key."""
WHYS = ("evaluation", "research", "quality")
REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,39}")
MOST_CHARACTERS = 40
ZIP = ".zip"


@dataclass(frozen=True)
class Why:
    """What it is for, and the case number of the agreement: codes, because the trail keeps no words."""

    purpose: str
    reference: str

    def check(self) -> None:
        if self.purpose not in WHYS:
            raise Refused("evaluation_reason_needed", allowed=", ".join(WHYS))
        if not REFERENCE.fullmatch(self.reference):
            raise Refused("evaluation_reference_needed", most=MOST_CHARACTERS)


@dataclass(frozen=True)
class Made:
    participants: int
    rows: dict[str, int]
    left_out: dict[str, str]


@dataclass(frozen=True)
class Draft:
    """Everything is written, beside its place: put there once the trail is committed, thrown away where it is not."""

    made: Made
    cases: tuple[int, ...]
    """For the trail alone."""
    folder: Path
    target: Path

    def publish(self) -> None:
        """A folder is renamed; a file is packed and linked into its place, which fails where one is already."""
        try:
            if self.target.suffix != ZIP:
                os.rename(self.folder, self.target)
                return
            handle, packed = tempfile.mkstemp(dir=self.target.parent, prefix=f".{self.target.name}.")
            try:
                with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                    for path in sorted(self.folder.iterdir()):
                        archive.write(path, path.name)
                os.link(packed, self.target)
            finally:
                os.unlink(packed)
        except FileExistsError:
            raise Refused("file_exists", name=str(self.target)) from None
        except OSError as fault:
            raise Refused("cannot_write_there", name=str(self.target), why=fault.strerror or "") from None
        finally:
            self.discard()

    def discard(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def export(session: Session, actor: Actor, wanted: Wanted, why: Why, target: Path) -> Draft:
    """A name that ends in .zip is one file, any other a new folder; nothing is overwritten."""
    why.check()
    if target.exists():
        raise Refused("file_exists", name=str(target))
    found = population(session, actor, wanted)
    if not found.people:
        raise Refused("evaluation_nobody")
    if len(found.people) < LEAST:
        raise Refused("evaluation_too_few", least=LEAST)
    keyring: Keyring = session.info["keyring"]
    pseudonym = keyring.pseudonyms(PURPOSE)
    source = Source(session, found, wanted.as_of, lambda kind, number: pseudonym(f"{kind}:{number}"))
    try:
        draft = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    except OSError as fault:
        raise Refused("cannot_write_there", name=str(target), why=fault.strerror or "") from None
    try:
        made = _write(draft, source, wanted, why)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return Draft(made, tuple(sorted(found.cases)), draft, target)


def _write(draft: Path, source: Source, wanted: Wanted, why: Why) -> Made:
    rows = {name: _table(draft / f"{name}.csv", table.columns, table.rows(source)) for name, table in TABLES.items()}
    left = {name: few(many) for name, many in source.population.left_out.items()}
    made = Made(len(source.population.people), rows, left)
    described = ((name, column, text) for name, table in TABLES.items() for column, text in table.columns.items())
    _table(draft / "dictionary.csv", ("table", "column", "meaning"), described)
    (draft / "README.md").write_text(readme(made, source.population, wanted, why), encoding="utf-8")
    return made


def _table(path: Path, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> int:
    many = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow(["" if value is None else value for value in row])
            many += 1
    return many


def few(many: int) -> str:
    """A small number of those left out is not told."""
    return str(many) if many == 0 or many >= LEAST else f"fewer than {LEAST}"


def readme(made: Made, found: Population, wanted: Wanted, why: Why) -> str:
    process = processes.latest()
    period = f"{wanted.from_on or 'the beginning'} to {wanted.to_on or wanted.as_of}"
    lines = [
        "# Data for evaluation", "",
        f"Made on {wanted.as_of.isoformat()} for {why.purpose}, reference {why.reference}. Entry: {period}.",
        f"Offices: {len(found.offices)}. Participants: {made.participants}.", "",
        "Tables and columns are described in dictionary.csv (UTF-8, comma, empty: not known or not applicable).", "",
        "| file | rows | what |", "|---|---:|---|",
        *(f"| {name}.csv | {made.rows[name]} | {table.about} |" for name, table in TABLES.items()), "",
        "## Definitions", "",
        f"Tables {VERSION}; process {process.name} {process.version}; effort {EFFORT_VERSION}; "
        f"retention {RETENTION_VERSION}.", "",
        "- A pseudonym is a keyed digest with a purpose of its own: the same participant has the same one in the next "
        "export, and no other file of the service has it. Without the key of the installation nobody can make it.",
        "- Days are counted from each participant's entry; of calendar time there is the quarter of entry only.",
        "- Minutes of a contact are not shared out here: it is marked for every dimension it is evidence in.",
        "- There is no free text, no name, no reference, no country, no health fact, no diagnosis and no reason of a "
        "pause.", "",
        "## Left out", "",
        *(f"- {TOLD[name]}: {many}" for name, many in made.left_out.items()), "",
        "Those who were never asked about research are in, marked `not_asked`: the right is one to reserve oneself. "
        "`--only-yes` leaves them out.", "",
        f"Sex, age, residence and education are withheld together where fewer than {LEAST_ALIKE} in this export "
        "share them.", "",
        "## What it cannot show", "",
        "Who got how much was decided by people, not by chance. An association in these data is no effect. Those who "
        "waited (referrals.csv) are a comparison only as far as the reason of their waiting is none of the outcome.",
        "Not recorded by the service, and to be added from elsewhere: local unemployment, income, benefits.", "",
    ]  # fmt: skip
    return "\n".join(lines)


TOLD = {
    "protected": "participants with protection",
    "erased": "participants whose key has been destroyed",
    "reserved": "participants who said no to research, or withdrew their yes",
    "not_asked": "participants who have not said yes (only with --only-yes)",
}
