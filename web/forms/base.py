"""The form that every write starts from: form token, idempotency key, messages in the reader's language."""

from typing import Any

from flask_babel import get_domain, gettext, ngettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField

from web.drafts import as_typed
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


def _own_plurals() -> tuple[str, str]:
    """The same for those with a number; nobody calls this."""
    return (
        ngettext(
            "Field cannot be longer than %(max)d character.", "Field cannot be longer than %(max)d characters.", 1
        ),
        ngettext(
            "'%(value)s' is not a valid choice for this field.", "'%(value)s' are not valid choices for this field.", 1
        ),
    )


class _Catalogue:
    """WTForms asks here for its messages."""

    def gettext(self, text: str) -> str:
        return str(gettext(text))

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Not filled in: the values are known to WTForms alone, which does it afterwards."""
        return str(get_domain().get_translations().ngettext(one, many, number))


class OurForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form that speaks the reader's language."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def get_translations(self, form: Any) -> _Catalogue:
            return _Catalogue()

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What was sent; else what the reader left in this form before, where drafts are kept."""
            sent = super().wrap_formdata(form, formdata)
            return as_typed() if sent is None and formdata is not None else sent


class WriteForm(OurForm):
    idempotency_key = HiddenField(default=new_key)
