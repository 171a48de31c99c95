"""What this is, and which definitions are in force."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from se_engine import processes
from web.language import LANGUAGES, language

blueprint = Blueprint("about", __name__)


@blueprint.get("/about")
def show() -> ResponseReturnValue:
    name = processes.SUPPORTED_EMPLOYMENT
    definitions = [
        {
            "title": processes.get(name, version).title.to(language()),
            "version": version,
            "draft": processes.is_draft(name, version),
        }
        for version in reversed(processes.versions(name))
    ]
    return render_template("about.html", definitions=definitions, tongues=list(LANGUAGES.values()))
