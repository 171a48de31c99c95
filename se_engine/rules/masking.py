"""Free text as an auditor may read it: without names, and without what is about health, money, family or safety.

A sentence that has a word of one of these is left out whole: what stands beside the word tells as much as the word
does. Names are those that are known – hers, and the people and workplaces around her – and every word inside a
sentence that is written like one.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from se_engine.rules.safe_text import findings
from se_engine.rules.safe_words import BEFORE_NAMES, ECONOMY, HEALTH, KIN, NO_NAMES, SAFETY

CLOSED = ("health", "economy", "family", "safety")
NAME = "name"
KINDS = (*CLOSED, NAME)
"""What may be left out, in the order in which a sentence is asked."""
_WORDS: Mapping[str, str] = {"health": HEALTH, "economy": ECONOMY, "family": KIN, "safety": SAFETY}
_NO_NAMES, _BEFORE = frozenset(NO_NAMES.split()), frozenset(BEFORE_NAMES.split())
_SENTENCE = re.compile(r"\S.*?(?:[.!?]+(?=\s|\Z)|\n|\Z)\s*", re.DOTALL)
_REACHED = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+?\d(?:\s?\d){7,}")
"""An address or a telephone number: it leads to one person."""
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


def masked(text: str, names: Collection[str], marks: Mapping[str, str], *, names_open: bool = False) -> str:
    """The text with a mark in the place of what may not be read; `marks` words each of KINDS.

    With names open only those of people around her are hidden, and everything that is closed.
    """
    known = {part.casefold() for name in names for part in _WORD.findall(name) if len(part) > 1}
    return "".join(_sentence(part, known, marks, names_open) for part in _SENTENCE.findall(text)).strip()


def _sentence(sentence: str, known: set[str], marks: Mapping[str, str], names_open: bool) -> str:
    words = list(_WORD.finditer(sentence))
    kind = next((kind for kind in CLOSED if any(_of(kind).fullmatch(word.group()) for word in words)), None)
    if kind is not None:
        return f"{marks[kind]} "
    hidden = [(found.start, found.end) for found in findings(sentence) if found.kind != "health"]
    hidden += [found.span() for found in _REACHED.finditer(sentence)]
    if not names_open:
        hidden += [word.span() for place, word in enumerate(words) if _is_name(words, place, known)]
    return _without(sentence, _joined(sentence, sorted(hidden)), marks[NAME])


def _is_name(words: list[re.Match[str]], place: int, known: set[str]) -> bool:
    word = words[place].group()
    told = word.casefold()
    if told in known or told.removesuffix("s") in known:
        return True
    if not _like_a_name(word):
        return False
    # Every sentence begins with a capital: there it is a name when another one follows.
    return place > 0 or (told not in _BEFORE and len(words) > 1 and _like_a_name(words[1].group()))


def _like_a_name(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and not word[1:].isupper() and word.casefold() not in _NO_NAMES


def _joined(sentence: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Names that stand together are one: nobody need see of how many parts."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and (start <= joined[-1][1] or sentence[joined[-1][1] : start].isspace()):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _without(sentence: str, spans: Iterable[tuple[int, int]], mark: str) -> str:
    kept, at = [], 0
    for start, end in spans:
        kept += [sentence[at:start], mark]
        at = end
    return "".join([*kept, sentence[at:]])


@lru_cache(maxsize=len(CLOSED))
def _of(kind: str) -> re.Pattern[str]:
    words = _WORDS[kind].split()
    ways = (re.escape(word.removesuffix("*")) + (r"[\w-]*" if word.endswith("*") else "") for word in words)
    return re.compile("|".join(ways), re.IGNORECASE)
