"""How a name sounds, whoever wrote it down and in whichever script: for finding people, and those registered twice.

A skeleton is the consonants of a token, spelt one way: Mohammed, Muhammad and محمد are all «mhmd». It is made for
finding too much rather than too little; a person then looks.
"""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from anyascii import anyascii

BEGINNINGS = (2, 3)
"""How many letters of a skeleton a key is made of."""

YEARS_APART = 2
"""Years of birth are often estimates; further apart than this they are two persons'."""

PARTICLES = frozenset({"al", "el", "ul", "bin", "ibn", "bint"})
"""Left out as often as they are written."""

# What the general transliteration would flatten into a letter that sounds otherwise.
_LETTERS = str.maketrans({"ç": "ch", "č": "ch", "ć": "ch", "ş": "sh", "š": "sh", "ž": "zh", "đ": "dj", "ĵ": "j"})
_ABJADS = ("ARABIC", "HEBREW", "SYRIAC")
_SILENT_START = "اأإآٱعאע"
_SPELLINGS = (
    (r"^(ye|ie)", "e"),
    (r"^[yi](?=[aouij])", "j"),
    (r"dzh|dsch|dj|dz|zh", "j"),
    (r"tsch|tch|tsj|cz|ch(?![bcdfgklmnprstvz])", "ç"),
    (r"sch|sh|sz", "s"),
    (r"ch|ck|q|c(?![eiy])", "k"),
    (r"c|ts|tz", "s"),
    (r"kh|gh|g", "h"),
    (r"ph", "f"),
    (r"([tdb])h", r"\1"),
    (r"x", "ks"),
    (r"^w", "v"),
    (r"(.)\1+", r"\1"),
)
_SPELT = tuple((re.compile(pattern), spelling) for pattern, spelling in _SPELLINGS)
_DOUBLED = re.compile(r"(.)\1+")
_SOFT_J = re.compile(r"(?<=[^aou])j")
_VOWELS = re.compile(r"[aeiouyw]")
_FINAL_BREATH = re.compile(r"(?<=[aeiouy])h$")


def skeletons(name: str) -> tuple[str, ...]:
    """One per token that says anything, in the order of the name."""
    return tuple(found for token in tokens(name) if (found := skeleton(token)))


def tokens(name: str) -> tuple[str, ...]:
    """The parts of a name; hyphens part too, and particles stand only where there is nothing else."""
    whole = unicodedata.normalize("NFC", name).casefold()
    parts = [part.strip("'’ʼ`.") for part in re.split(r"[\s\-–,_/]+", whole)]
    parts = [part for part in parts if part]
    return tuple(part for part in parts if part not in PARTICLES) or tuple(parts)


@lru_cache(maxsize=4096)
def skeleton(token: str, *, unfinished: bool = False) -> str:
    """The consonants of one token; a vowel at the start counts as one, whichever it is.

    `unfinished` is for what somebody is typing: the last letter may not be the last of the name.
    """
    abjad = any(unicodedata.name(letter, "").startswith(_ABJADS) for letter in token)
    letters = _from_abjad(token) if abjad else _ascii(token.translate(_LETTERS))
    for pattern, spelling in _SPELT:
        letters = pattern.sub(spelling, letters)
    if abjad:
        letters = _DOUBLED.sub(r"\1", letters.replace(".", "")).replace("yj", "y")
    else:
        letters = letters[:1] + _SOFT_J.sub("", letters)[1:]
    if not unfinished:
        letters = letters.removesuffix("h") if abjad else _FINAL_BREATH.sub("", letters)
    start = "a" if letters[:1] in ("a", "e", "i", "o", "u", "y") else letters[:1]
    return start + _VOWELS.sub("", letters[1:])


def _from_abjad(token: str) -> str:
    """Letter by letter, points between, so that two letters are not read as one; short vowels are not written."""
    bare = token.removeprefix("ال") if len(token) > 4 else token
    start = "a" if bare[:1] in _SILENT_START else _ascii(bare[:1]).replace("y", "j")
    return ".".join([start, *(_ascii(letter) for letter in bare[1:])])


def _ascii(letters: str) -> str:
    return re.sub(r"[^a-z]", "", anyascii(letters).lower())


def beginnings(name: str) -> frozenset[str]:
    """What keys are made of: the first two and three letters of each skeleton, or all of a shorter one."""
    return frozenset(found[:length] for found in skeletons(name) for length in BEGINNINGS)


def asked(typed: str) -> tuple[frozenset[str], ...]:
    """What each typed token may be the beginning of; only those that say anything."""
    variants = (frozenset({skeleton(token), skeleton(token, unfinished=True)}) - {""} for token in tokens(typed))
    return tuple(found for found in variants if found)


def matches(name: str, wanted: tuple[frozenset[str], ...]) -> bool:
    """Whether every typed token is the beginning of some token of the name."""
    have = skeletons(name)
    return bool(wanted) and all(any(token.startswith(tuple(variants)) for token in have) for variants in wanted)


def closeness(one: str, other: str) -> float:
    """From 0 to 1 by the letters: to put Huda after Hadi for somebody who typed Hadi."""
    return SequenceMatcher(None, _letters(tokens(one)), _letters(tokens(other))).ratio()


def _letters(parts: Iterable[str]) -> str:
    return anyascii(" ".join(sorted(parts))).lower()


def alike(one: str, other: str, *, born: int | None = None, other_born: int | None = None) -> bool:
    """Whether two names may be one person's: as many tokens sound the same as the shorter has, at least two if it can.

    The order does not count, and the one may hold more names than the other.
    """
    if born is not None and other_born is not None and abs(born - other_born) > YEARS_APART:
        return False
    mine, hers = list(skeletons(one)), list(skeletons(other))
    shared = 0
    for found in mine:
        if found in hers:
            hers.remove(found)
            shared += 1
    return shared >= min(2, len(mine), len(skeletons(other))) and shared > 0
