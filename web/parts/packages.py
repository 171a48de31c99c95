"""Start packages by their titles, as the definition has them."""

from se_engine.rules.process import Process
from web.language import language


def package_title(process: Process, key: str) -> str:
    return process.template(key).title.to(language())


def package_choices(process: Process) -> dict[str, str]:
    return {template.key: template.title.to(language()) for template in process.templates}
