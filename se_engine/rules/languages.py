"""Language skills and levels, and when language support is needed."""

from collections.abc import Mapping

SKILLS = ("listening", "reading", "speaking", "writing")
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
LEVEL_SOURCES = ("test", "teacher", "own_estimate", "import")
ENOUGH = "B2"
NORWEGIAN = ("nb", "nn", "no")
"""The codes under which somebody may have registered the language of this country."""


def needs_language_support(levels: Mapping[str, str | None]) -> bool:
    """Whether listening or speaking is below B2 or unknown: then language support at work is asked for.

    The line at B2 is this project's own (mark D); it opens tasks and never closes a door to a job.
    """
    oral = (levels.get("listening"), levels.get("speaking"))
    return any(level is None or LEVELS.index(level) < LEVELS.index(ENOUGH) for level in oral)
