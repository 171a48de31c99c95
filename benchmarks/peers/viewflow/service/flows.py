"""The five steps as a Viewflow flow: each a task that is given to somebody as it is made."""

from functools import cache

from django.contrib.auth.models import User
from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.flow.views import UpdateProcessView


@cache
def owner():
    return User.objects.get_or_create(username="owner")[0]


def step():
    return flow.View(UpdateProcessView.as_view(fields=[])).Assign(lambda activation: owner())


class SupportedEmployment(flow.Flow):
    begin = flow.StartHandle().Next(this.engagement)
    engagement = step().Next(this.profiling)
    profiling = step().Next(this.job_finding)
    job_finding = step().Next(this.employer_engagement)
    employer_engagement = step().Next(this.job_support)
    job_support = step().Next(this.end)
    end = flow.End()
