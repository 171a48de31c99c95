"""How hard a Norwegian text is to read: LIX.

LIX = words / sentences + 100 × long words / words, where a long word has more than six letters.
Source: C. H. Björnsson, Läsbarhet, Liber, Stockholm 1968. Below 30 is very easy (children's books), 30–40 easy
(fiction), 40–50 middling (newspapers), 50–60 hard (official texts). A sentence ends at . : ! ? or at the end of a
line, so a heading and a point of a list are sentences; a point between digits (16.03, 10:30) ends none.
"""

import re

LONG = 7
"""Letters of the shortest long word."""
EASY = 30
"""What a text for a participant may reach."""

WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
END = re.compile(r"(?<!\d)[.:!?]+|[.:!?]+(?!\d)|\n")


def lix(text: str) -> int:
    """The LIX of a text, rounded; 0 for one without words."""
    sentences = [words for part in END.split(text) if (words := WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0
    long = sum(len(word) >= LONG for word in words)
    return round(len(words) / len(sentences) + 100 * long / len(words))
