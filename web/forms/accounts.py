"""A person's own account, and what an administrator keeps."""

from typing import ClassVar

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import EmailField, PasswordField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import EqualTo, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from se_engine.actions.people import LARGEST_THRESHOLD
from se_engine.queries.publishing import LEAST_THRESHOLD
from web.forms.base import WriteForm
from web.forms.fields import CodeRadio, WholeNumber

LONGEST_PASSWORD = 1000
ROLES = ("job_specialist", "supervisor", "manager", "auditor", "administrator")


class PasswordForm(WriteForm):
    old = PasswordField(_l("Your password now"), [InputRequired(_l("Write the password you have."))])
    new = PasswordField(
        _l("New password"),
        [InputRequired(_l("Write a new password.")), Length(max=LONGEST_PASSWORD)],
        description=_l("At least twelve characters. A sentence only you would think of is good."),
    )
    again = PasswordField(_l("New password once more"), [EqualTo("new", _l("The two new passwords differ."))])


class PhoneForm(WriteForm):
    phone = StringField(
        _l("Phone at work"),
        [Length(max=20)],
        description=_l("Left empty, no number stands on the sheets."),
        render_kw={"inputmode": "tel", "autocomplete": "tel"},
    )


class PhotoForm(WriteForm):
    photo = FileField(
        _l("Picture"),
        [FileRequired(_l("Choose a picture."))],
        description=_l("PNG or JPEG, at most 1.5 MB. What the camera wrote beside it is taken away."),
        render_kw={"accept": "image/png,image/jpeg"},
    )
    PLACES: ClassVar[dict[str, str]] = dict.fromkeys(
        ("picture_kind", "picture_damaged", "picture_too_large", "picture_sides"), "photo"
    )


class InviteForm(WriteForm):
    new = PasswordField(
        _l("First password"),
        [InputRequired(_l("Write a password.")), Length(max=LONGEST_PASSWORD)],
        description=_l("At least twelve characters. Give it to the person yourself; she changes it after signing in."),
    )
    again = PasswordField(_l("The same once more"), [EqualTo("new", _l("The two passwords differ."))])


class OfficeWords(WriteForm):
    municipality = StringField(
        _l("Municipality"),
        [Length(max=100)],
        description=_l("Offices of the same municipality see which employers the others use, never for whom."),
    )
    template = CodeRadio(_l("Rhythm"), "template")


class OfficeChangeForm(OfficeWords):
    threshold = WholeNumber(
        _l("Smallest number shown"),
        smallest=LEAST_THRESHOLD,
        largest=LARGEST_THRESHOLD,
        needed=_l("Write the smallest number that may be shown."),
        description=_l(
            "Fewer people than this are hidden in reports from readers who may not open the cases, and in every file. "
            "Change it seldom: what was taken out before with another number can be set beside what is shown now."
        ),
    )


class OfficeForm(OfficeWords):
    name = StringField(_l("Name"), [InputRequired(_l("Write a name.")), Length(max=100)])


class TeamForm(WriteForm):
    office = SelectField(_l("Office"), [InputRequired(_l("Choose an office."))], coerce=int)
    name = StringField(_l("Name"), [InputRequired(_l("Write a name.")), Length(max=100)])


class AccountForm(WriteForm):
    name = StringField(_l("Name"), [InputRequired(_l("Write a name.")), Length(max=100)])
    email = EmailField(_l("E-mail"), [InputRequired(_l("Write an e-mail address.")), Length(max=254)])
    role = CodeRadio(_l("Role"), "role", codes=ROLES)
    office = SelectField(_l("Office"), [Optional()], coerce=int)
    language = RadioField(_l("Language"), [InputRequired(_l("Choose a language."))], default="nb")


class ClientForm(WriteForm):
    name = StringField(_l("Name of the system"), [InputRequired(_l("Write a name.")), Length(max=100)])
    user = SelectField(
        _l("Acts with the rights of"),
        [InputRequired(_l("Choose an account."))],
        coerce=int,
        description=_l("Best an account made for the system."),
    )
    scopes = SelectMultipleField(
        _l("What may it do?"),
        [InputRequired(_l("Choose at least one."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
