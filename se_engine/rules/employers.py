"""Employers: the organisation number, likeness of names, and the codes in which a card speaks."""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from se_engine.rules.errors import Refused
from se_engine.rules.languages import LEVELS, SKILLS
from se_engine.rules.vocabulary import check_code

STAGES = ("new", "explored", "open", "closed")
SOURCES = ("own_visit", "tip", "fair", "phone", "web_form", "nav_campaign", "network", "other")
SIZES = ("1_4", "5_19", "20_49", "50_99", "100_249", "250")
YES_NO = ("yes", "no")
LIMITED_NORWEGIAN = ("yes", "some_tasks", "no")
EXPERIENCES = ("good", "mixed", "bad")
NEEDS = ("wage_subsidy", "inclusion_money", "mentor", "work_training", "wants_to_contribute")
FORMS = ("visit", "phone", "sms", "email", "video")
REFUSALS = (
    "language", "no_recruitment", "no_tasks", "no_time", "economy", "earlier_experience", "follow_up", "safety",
    "other",
)  # fmt: skip
"""Why an employer says no, in the order in which employers themselves give the reasons."""
REQUIRED_LEVELS = ("none", *LEVELS)

QUESTIONS = ("work", "understanding", "follow_up", "information", "effort")
"""The five that an employer answers from 1 to 5."""
SCORES = (1, 2, 3, 4, 5)
WEEKS = (2, 8, 26)
ANOTHER = ("yes", "perhaps", "no")

SECTIONS: Mapping[str, range] = {
    "A": range(1, 4), "B": range(5, 10), "C": range(10, 34), "D": range(35, 36), "E": range(36, 40),
    "F": range(41, 44), "G": range(45, 48), "H": range(49, 54), "I": range(55, 57), "J": range(58, 61),
    "K": range(61, 64), "L": range(64, 67), "M": range(68, 69), "N": range(69, 76), "O": range(77, 83),
    "P": range(84, 85), "Q": range(85, 86), "R": range(86, 89), "S": range(90, 94), "T": range(94, 97),
    "U": range(97, 99), "V": range(99, 100),
}  # fmt: skip
"""NACE Rev. 2.1: each section with its divisions. Letters moved since Rev. 2, divisions hardly did."""
INDUSTRIES = tuple(SECTIONS)

CODES: Mapping[str, Sequence[str]] = {
    "industry": INDUSTRIES, "size": SIZES, "stage": STAGES, "refusal": REFUSALS, "source": SOURCES,
    "collective_agreement": YES_NO, "safety_delegate": YES_NO, "limited_norwegian": LIMITED_NORWEGIAN,
    **dict.fromkeys(SKILLS, REQUIRED_LEVELS), "language_mentor": YES_NO, "experience": EXPERIENCES,
    "preferred_form": FORMS,
}  # fmt: skip
"""Field of the card → what it may say."""
FREE_TEXTS = ("preferred_time", "busy_times", "possible_tasks", "experience_words")
"""What is written freely, and so must be free of persons."""
FACTS = ("name", "org_number", *CODES, "needs", "address", "phone", "municipality", *FREE_TEXTS, "next_on")
"""Every field of the card that somebody may change."""

LONGEST_NAME, LONGEST_LINE, LONGEST_TEXT = 200, 200, 4_000

_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{1,24}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_WORDS = re.compile(r"[\W_]+")
_FORMS_OF_BUSINESS = frozenset(
    {"as", "asa", "ba", "sa", "da", "ans", "nuf", "enk", "ks", "iks", "hf", "avd", "avdeling", "og", "and"}
)
NEARLY = 0.88
MISTYPED = 2
"""Letters that two spellings of one name may differ by in length."""


def org_number(given: str) -> str:
    """The nine digits of an organisation number; Refused with what is wrong with it."""
    digits = "".join(given.split()).removeprefix("NO").removesuffix("MVA")
    if not digits.isascii() or not digits.isdigit():
        raise Refused("org_number_not_digits")
    if len(digits) != 9:
        raise Refused("org_number_length", found=len(digits))
    if digits[0] not in "89":
        raise Refused("org_number_start")
    if check_digit(digits[:8]) != int(digits[8]):
        raise Refused("org_number_check_digit", number=shown_number(digits))
    return digits


def check_digit(eight: str) -> int | None:
    """The ninth digit that belongs to eight; None for the eight that no number begins with."""
    rest = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, eight, strict=True)) % 11
    return None if rest == 1 else (11 - rest) % 11


def shown_number(digits: str) -> str:
    """As people read it: 974 760 673."""
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def section_of(given: str) -> str:
    """The section of a NACE code: its letter, or the letter that a number such as 47.110 belongs to."""
    code = given.strip().upper()
    if code in SECTIONS:
        return code
    digits = code.replace(".", "")
    if digits.isascii() and digits.isdigit() and len(digits) >= 2:
        for letter, divisions in SECTIONS.items():
            if int(digits[:2]) in divisions:
                return letter
    raise Refused("value_unknown", field="industry", allowed=", ".join(INDUSTRIES))


def phone(given: str) -> str:
    if not _PHONE.fullmatch(given.strip()):
        raise Refused("phone_not_allowed")
    return given.strip()


def email(given: str) -> str:
    if not _EMAIL.fullmatch(given.strip()):
        raise Refused("email_not_allowed")
    return given.strip().lower()


def name_words(name: str) -> frozenset[str]:
    """What is left of a name without punctuation, case and form of business; the whole of it when nothing is."""
    words = [word for word in _WORDS.split(name.casefold()) if word]
    return frozenset(words) - _FORMS_OF_BUSINESS or frozenset(words)


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two names, by their words, may be one employer's: one within the other, or nearly the same letters."""
    if one <= other or other <= one:
        return True
    first, second = _letters(one - other), _letters(other - one)
    if first[0] != second[0] or abs(len(first) - len(second)) > MISTYPED:
        return False
    return SequenceMatcher(None, _letters(one), _letters(other)).ratio() >= NEARLY


def _letters(words: frozenset[str]) -> str:
    return "".join(sorted(words))


def check_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a card as they are kept: blanks are None, codes are known, numbers and texts as they should be."""
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise Refused("field_unknown", field=", ".join(sorted(unknown)))
    return {field: _checked(field, value) for field, value in facts.items()}


def _checked(field: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = value.strip() if field in FREE_TEXTS else " ".join(value.split())
    if len(text) > (LONGEST_TEXT if field in FREE_TEXTS else LONGEST_LINE):
        raise Refused("text_too_long", longest=LONGEST_TEXT if field in FREE_TEXTS else LONGEST_LINE)
    if not text:
        return None
    if field in CODES:
        return _code(field, text)
    if field == "needs":
        return ",".join(need for need in NEEDS if need in _needs(text)) or None
    if field == "org_number":
        return org_number(text)
    return phone(text) if field == "phone" else text


def _code(field: str, text: str) -> str:
    if field == "industry":
        return section_of(text)
    check_code(field, text, CODES[field])
    return text


def _needs(text: str) -> set[str]:
    given = {part.strip() for part in text.split(",") if part.strip()}
    if given - set(NEEDS):
        raise Refused("value_unknown", field="needs", allowed=", ".join(NEEDS))
    return given
