"""A form about one document: after somebody else was first, it is about the newest version."""

from collections.abc import Callable
from typing import Any

from se_engine.queries.document_pages import DocumentPage, document_page
from se_engine.rules.errors import Stale
from web.auth import actor
from web.session import reading


def or_stale(form: Any, page: DocumentPage, act: Callable[[], Any]) -> Callable[[], Any]:
    """Once it is found stale the form is about the newest version, which its notice leads to."""

    def again() -> Any:
        try:
            return act()
        except Stale:
            form.seen_version.data = str(document_page(reading(), actor(), page.id, page.found.id).found.version.number)
            raise

    return again
