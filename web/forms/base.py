"""The form that every write starts from: form token, idempotency key, messages in the reader's language."""

from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField

from web.idempotency import new_key

# WTForms' own messages, gathered here so that they stand in our catalogues.
_OWN_MESSAGES = (
    _l("This field is required."),
    _l("Not a valid date value."),
    _l("Not a valid choice."),
    _l("Not a valid integer value."),
    _l("Not a valid decimal value."),
    _l("Not a valid float value."),
    _l("Invalid Choice: could not coerce."),
)


class _Catalogue:
    """WTForms asks here for its messages."""

    def gettext(self, text: str) -> str:
        return str(gettext(text))

    def ngettext(self, one: str, many: str, number: int) -> str:
        return str(ngettext(one, many, number))


class WriteForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    idempotency_key = HiddenField(default=new_key)

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def get_translations(self, form: Any) -> _Catalogue:
            return _Catalogue()
