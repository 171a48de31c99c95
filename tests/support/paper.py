"""Reading a PDF as a screen reader and an archive would."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property

from pypdf import PdfReader


@dataclass(frozen=True)
class Paper:
    pages: int
    title: str
    language: str
    tagged: bool
    claims: str
    """What it says of itself: the standards it keeps."""
    reader: PdfReader

    @cached_property
    def alternatives(self) -> int:
        """Pictures with words for those who do not see them."""
        return _alternatives(self.reader.trailer["/Root"]["/StructTreeRoot"])

    @cached_property
    def text(self) -> str:
        # Names within her language stand between marks of direction, and a long word between places to break it.
        found = "".join(page.extract_text() for page in self.reader.pages)
        return " ".join(found.translate(dict.fromkeys(MARKS)).split())


def opened(file: bytes) -> Paper:
    found = PdfReader(io.BytesIO(file))
    root = found.trailer["/Root"]
    return Paper(
        pages=len(found.pages),
        title=str(found.metadata.title) if found.metadata else "",
        language=str(root["/Lang"]),
        tagged=bool(root["/MarkInfo"]["/Marked"]) and "/StructTreeRoot" in root,
        claims=root["/Metadata"].get_data().decode(),
        reader=found,
    )


MARKS = (0x2068, 0x2069, 0x200B, 0x200E, 0x200F)


def _alternatives(node: object) -> int:
    kids = node.get("/K", []) if hasattr(node, "get") else []
    inner = kids if isinstance(kids, list) else [kids]
    own = 1 if hasattr(node, "get") and "/Alt" in node else 0
    return own + sum(_alternatives(kid.get_object() if hasattr(kid, "get_object") else kid) for kid in inner)
