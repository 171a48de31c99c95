"""The Flask class with our order of things: the view, then its transaction, then the trail, then the answer."""

import secrets
from typing import Any

from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue

from web import form_times, idempotency
from web.faults import told
from web.session import commit, roll_back, write_notes


class Application(Flask):
    def dispatch_request(self) -> ResponseReturnValue:
        """Commits before the answer leaves, and here rather than in after_request: its errors still get their page."""
        response: Response = self.make_response(idempotency.once(super().dispatch_request))
        if response.status_code < 400:
            commit()
            form_times.note(response)
        else:
            roll_back()
        write_notes()
        return response

    def log_exception(self, exc_info: Any) -> None:
        """A fault of ours gets a number, told to the reader and found in the log."""
        g.error_id = secrets.token_hex(4)
        where = f"{request.method} {request.endpoint}"
        self.logger.error("Fault %s on %s\n%s", g.error_id, where, told(exc_info[1]))
