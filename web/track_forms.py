"""A form about one employer track: shown with the version of the track that was seen, and back to it when done."""

from collections.abc import Callable
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from se_engine.queries.tracks import TrackPage
from web.addresses import CASE, ID
from web.case_forms import case_form
from web.forms.tracks import TrackForm

EMPLOYERS = f"{CASE}/employers"
ONE = f"/<{ID}:track_id>"
BOTH = ["GET", "POST"]


def track_form(page: TrackPage, form: Any, act: Callable[[], Any], **shown: Any) -> ResponseReturnValue:
    """A form about one track; back to the track when it is done."""
    here = url_for("tracks.one", case_id=page.id, track_id=page.line_id)
    if isinstance(form, TrackForm):
        form.current = page.track.track.version
    shown.setdefault("then", lambda _done: here)
    return case_form(page.id, form, act, cancel_url=here, **shown)
