"""Completes Viewflow tasks: told a number on standard input, it answers with the milliseconds that each of them took.

Runs in an environment of its own, see requirements.txt beside it. Its argument is the database as Django names it.
"""

import json
import sys
import time
from types import SimpleNamespace

import django
from django.conf import settings

DURABLE = {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;", "transaction_mode": "IMMEDIATE"}
"""SQLite as ours is set."""


def set_up(database):
    if database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"] = DURABLE
    settings.configure(
        DATABASES={"default": database},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "viewflow",
            "viewflow.workflow",
            "service",
        ],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        SECRET_KEY="only for benchmarks",  # noqa: S106 - nothing is signed
    )
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def open_task(flow_class):
    process = flow_class.begin.run()
    return process.pk, flow_class.task_class.objects.get(process=process, finished__isnull=True).pk


def complete(flow_class, process_pk, task_pk, owner):
    """What Viewflow does with the posted form of a task, without HTTP, form and page."""
    from django.db import transaction

    with flow_class.lock(process_pk), transaction.atomic():
        task = flow_class.task_class.objects.get(pk=task_pk)
        if not task.flow_task.can_execute(owner, task):
            raise AssertionError("not hers")
        activation = task.flow_task.activation_class(task)
        activation.start(SimpleNamespace(user=owner))
        activation.process.save()
        activation.execute()


def main():
    set_up(json.loads(sys.argv[1]))
    from service.flows import SupportedEmployment, owner

    for line in sys.stdin:
        times = []
        for process_pk, task_pk in [open_task(SupportedEmployment) for _ in range(int(line))]:
            begun = time.perf_counter()
            complete(SupportedEmployment, process_pk, task_pk, owner())
            times.append((time.perf_counter() - begun) * 1000)
        print(json.dumps(times), flush=True)


if __name__ == "__main__":
    main()
