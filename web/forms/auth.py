"""Signing in."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

from web.forms.base import OurForm


class SignInForm(OurForm):
    email = EmailField(_l("E-mail"), [InputRequired(_l("Write your e-mail address.")), Length(max=254)])
    password = PasswordField(_l("Password"), [InputRequired(_l("Write your password.")), Length(max=1000)])
    next = HiddenField()
