"""The event log as PM4Py reads it, against the report on time per step of the same invented histories.

PM4Py knows finished stays only: what it calls service time is compared with the stays that were left for another step,
as the report's curve counts them. Where stays are still open, or ended with the case, ours counts the days they have
lasted and theirs passes them by, so its means are shorter: by how much is told. It knows no pauses that stop the
clock either: with pauses its time in a step is our own, waiting and paused days together.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import pandas
import pm4py
from pm4py.objects.log.util.interval_lifecycle import to_interval

from tests.oracles.agreeing import Comparison

SE_ENGINE = os.environ.get("SE_ENGINE", ".venv/bin/se-engine")
STEPS = ("engagement", "profiling", "job_finding", "employer_engagement", "job_support", "follow_up")
PARTIES = ("employer", "participant", "nav")
FIRST, AS_OF = date(2024, 1, 1), date(2026, 6, 30)
DAY = 86_400
ROUNDED = 3
"""The report writes means with four decimals, and three of them are added here."""
PERSON = {
    "given_name": "An", "family_name": "Example", "birth_year": "1990", "sex": "unknown", "languages": "",
    "interpreter_language": "", "norwegian_listening": "", "norwegian_reading": "", "norwegian_speaking": "",
    "norwegian_writing": "", "scheme": "other", "office": "Office", "job_specialist": "jo@example.org",
    "referred_on": "",
}  # fmt: skip
Row = dict[str, str]


def told(event: str, on: date, **more: str) -> Row:
    return {"event": event, "happened_on": on.isoformat(), **more}


def anything(random: Random) -> Iterator[Row]:
    """Forward and back, on the same day too; ended anywhere, or still open. No pauses."""
    on, place = FIRST + timedelta(days=random.randint(0, 700)), 0
    yield told("opened", on)
    while True:
        on += timedelta(days=random.choice([0, random.randint(1, 120), random.randint(1, 120)]))
        if on > AS_OF:
            return
        if random.random() < 0.12:
            yield told("ended", on, reason=random.choice(["work", "moved", "withdrew"]))
            return
        others = [one for one in range(len(STEPS)) if one != place]
        place = place + 1 if place + 1 < len(STEPS) and random.random() < 0.8 else random.choice(others)
        yield told("entered", on, step=STEPS[place])


def straight(random: Random) -> Iterator[Row]:
    """Every step once, with waitings and pauses that do not meet, and the end in the last."""
    on = FIRST + timedelta(days=random.randint(0, 200))
    yield told("opened", on)
    for following in (*STEPS[1:], None):
        on += timedelta(days=random.randint(0, 20))
        if random.random() < 0.5:
            yield told("waiting_started", on, waiting_for=random.choice(PARTIES))
            on += timedelta(days=random.randint(0, 20))
            yield told("waiting_ended", on)
        if random.random() < 0.5:
            yield told("paused", on, reason="travel")
            on += timedelta(days=random.randint(0, 20))
            yield told("resumed", on)
        on += timedelta(days=random.randint(0, 20))
        yield told("entered", on, step=following) if following else told("ended", on, reason="work")


class Service:
    """The service on a database of its own, asked by its command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._environment = {**os.environ, "SE_INSTANCE_DIR": str(folder / "instance"), "SE_LANGUAGE": "en"}

    def __call__(self, *arguments: object) -> str:
        command = [SE_ENGINE, *map(str, arguments)]
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{' '.join(command)}: {done.stderr}")
        return done.stdout

    def live(self, histories: list[list[Row]]) -> None:
        self("db", "upgrade")
        refs = [f"P{number}" for number in range(len(histories))]
        people = [{"participant_ref": ref, **PERSON} for ref in refs]
        events = [
            {
                "participant_ref": ref,
                "office": "Office",
                "recorded_on": "",
                "step": "",
                "reason": "",
                "waiting_for": "",
                **row,
            }
            for ref, rows in zip(refs, histories, strict=True)
            for row in rows
        ]
        self("import", "participants", self._file("participants.csv", people), "--create")
        self("import", "history", self._file("history.csv", events))

    def _file(self, name: str, rows: list[Row]) -> Path:
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)), restval="")
            writer.writeheader()
            writer.writerows(rows)
        return path

    def report(self) -> dict[str, dict[str, Any]]:
        found = json.loads(
            self("report", "time-per-step", "--as-of", AS_OF, "--threshold", 0, "--horizon", 3650, "--format", "json")
        )
        return {step["step"]: step for step in found["steps"]}

    def log(self, output: str) -> str:
        path = self.folder / f"log.{'json' if output == 'ocel' else output}"
        self("export", "event-log", "--as-of", AS_OF, "--output", output, path)
        return str(path)


def finished_stays(random: Random) -> None:
    counts, days, others = map(Comparison, ("stays", "finished stays: mean and median", "the same from CSV and OCEL"))
    shorter = []
    for _ in range(2):
        with tempfile.TemporaryDirectory() as folder:
            service = Service(Path(folder))
            service.live([list(anything(random)) for _ in range(150)])
            report, log = service.report(), pm4py.read_xes(service.log("xes"))
            table = pandas.read_csv(service.log("csv"))
            ocel = pm4py.read_ocel2_json(service.log("ocel"))
        means, medians = (service_time(log, how) for how in ("mean", "median"))
        table["time:timestamp"] = pandas.to_datetime(table["time:timestamp"])
        same = service_time(table, "mean")
        happened = Counter(zip(log["concept:name"], log["lifecycle:transition"], strict=True))
        flat = Counter(ocel.events["ocel:activity"])
        for step in STEPS:
            ours, left = report[step], [row[0] for row in report[step]["curve"] for _ in range(row[2])]
            counts.same(
                [ours["visits"], ours["completed"], sum(ours["left_to"]["ended"].values())],
                [happened[step, transition] for transition in ("start", "complete", "ate_abort")],
                step,
            )
            if left:
                days.same([sum(left) / len(left), median(left)], [means[step], medians[step]], step)
                others.same([sum(left) / len(left)], [same[step]], step)
                shorter.append(ours["mean_to_horizon"] - means[step])
            others.same([ours["visits"], ours["completed"]], [flat[f"{step}.start"], flat[f"{step}.complete"]], step)
    for comparison in (counts, days, others):
        comparison.tell()
    print(f"means over finished stays alone are shorter than ours by up to {max(shorter):.1f} days")


def nobody_censored(random: Random) -> None:
    """Where everybody left, the report itself is compared: its median, its mean, and what the days went to."""
    medians_of_all = Comparison("median where nobody is censored")
    means_of_all, parts = (
        Comparison(what, ROUNDED) for what in ("the same of the mean", "own, waiting and paused days")
    )
    for pauses in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            service = Service(Path(folder))
            rows = [list(straight(random)) for _ in range(120)]
            kept = [[row for row in life if pauses or row["event"] not in ("paused", "resumed")] for life in rows]
            service.live(kept)
            report, log = service.report(), pm4py.read_xes(service.log("xes"))
        means, medians = (service_time(log, how) for how in ("mean", "median"))
        for step in STEPS[:-1]:
            ours = report[step]
            if not pauses:
                medians_of_all.same([ours["median"]], [medians[step]], step)
                means_of_all.same([ours["mean_to_horizon"]], [means[step]], step)
            spent = service_time(log[log["step"] == step], "sum")
            visits, days = ours["visits"], ("own_days_mean", "waiting_days_mean", "paused_days_mean")
            parts.same([sum(ours[name] for name in days)], [means[step]], step)
            parts.same([ours["paused_days_mean"]], [spent.get("pause", 0) / visits], step)
            waited = [spent.get(f"waiting_{party}", 0) / visits for party in PARTIES]
            parts.same([ours["waiting_by"].get(party, 0) for party in PARTIES], waited, step)
    for comparison in (medians_of_all, means_of_all, parts):
        comparison.tell()


def service_time(log: pandas.DataFrame, how: str) -> Mapping[str, float]:
    """Days by activity, as PM4Py has them once it has joined each start with its completion."""
    joined = pm4py.convert_to_dataframe(to_interval(pm4py.convert_to_event_log(log)))
    found = pm4py.get_service_time(joined, aggregation_measure=how, start_timestamp_key="start_timestamp")
    return {name: seconds / DAY for name, seconds in found.items()}


if __name__ == "__main__":
    for compare in (finished_stays, nobody_censored):
        compare(Random(2026))  # noqa: S311 - the same histories every time
