"""The definition that cases follow."""

from se_engine import processes
from se_engine.rules.errors import NotFound
from web.api import answers, shaping
from web.api.blueprint import api
from web.api.bodies import ProcessQuery
from web.api.describing import reads


@api.get("/process")
@reads(answers.Process, 404)
def show_process(query: ProcessQuery) -> answers.Process:
    """Steps and moves with their titles: the newest version, or the one asked for."""
    name = processes.SUPPORTED_EMPLOYMENT
    if query.version is None:
        return shaping.process(processes.latest(name))
    if query.version not in processes.versions(name):
        raise NotFound()
    return shaping.process(processes.get(name, query.version))
