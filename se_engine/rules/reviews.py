"""When what is known or agreed has to be looked at again."""

CONSENT_DAYS = 183
"""A consent is gone through every six months, or when it was given for a shorter time."""
LEVEL_DAYS = 92
"""A level of Norwegian is looked at every three months."""
