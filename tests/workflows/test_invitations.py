"""Every language's invitation says all of it, and says that nobody has read it until somebody has."""

from datetime import date, timedelta

import pytest

from se_engine import invitations
from se_engine.invitations import SPOKEN, Appointment, invitation

MONDAY = date(2026, 3, 16)
READ_BY_US = {"nb", "en"}


def told(language: str, **given: object) -> str:
    known = {"channel": "in_person", "on": MONDAY, "time": "10:00", "place": "Storgata 1", "person": "Jo"}
    return invitation(language, Appointment(**{**known, "interpreter": True, **given}))


@pytest.mark.parametrize("language", sorted(invitations.languages()))
def test_the_invitation_is_whole_in_every_language(language):
    everything = told(language)
    for known in ("16", "10:00", "Storgata 1", "Jo"):
        assert known in everything
    for channel in SPOKEN:
        for time in ("10:00", None):
            text = told(language, channel=channel, time=time)
            assert not set("{}") & set(text)
            assert ("10:00" in text) is (time is not None)
    weeks = {told(language, on=MONDAY + timedelta(days=day)).partition("10:00")[0] for day in range(7)}
    months = {told(language, on=date(2026, month, 16)).partition("10:00")[0] for month in range(1, 13)}
    assert (len(weeks), len(months)) == (7, 12)


@pytest.mark.parametrize("language", sorted(invitations.languages()))
def test_what_nobody_has_read_says_so_in_its_own_language(language):
    lines = told(language).splitlines()
    assert (len(lines) == 6) is (language not in READ_BY_US), lines
