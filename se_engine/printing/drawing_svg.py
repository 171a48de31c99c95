"""From the SVG that Vega writes to one of ours: lean, in the reader's language, without a foreign host or a style."""

from collections.abc import Iterator
from hashlib import sha256
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from se_engine.printing.drawing_look import HOST

SVG = "http://www.w3.org/2000/svg"
LINK = "{http://www.w3.org/1999/xlink}href"
_KEPT = "aria-label"
_FRAME = ("axis", "legend", "title")
"""What Vega says of these is its own; what it says of a mark is what we had it say."""
_NOT_OURS = ("role", "aria-roledescription", "aria-hidden", "class", "pointer-events", "style", _KEPT)

ElementTree.register_namespace("", SVG)


def clean(svg: str, *, title: str, description: str, language: str, paper: bool) -> str:
    """Vega's own words are English and gone; what a mark says is a title, so that it is also shown under the mouse."""
    root = ElementTree.fromstring(svg)  # noqa: S314 – what our own library wrote a moment ago
    linked = [] if paper else [one for one in root.iter(_tag("a")) if one.get(LINK)]
    _strip(root, paper=paper)
    name = "d" + sha256(f"{title}{svg}".encode()).hexdigest()[:10]
    size = {key: root.attrib[key] for key in ("width", "height", "viewBox")}
    root.attrib.clear()
    root.attrib.update(size)
    root.set("role", "group" if linked else "img")
    root.set("aria-labelledby", f"{name}-t {name}-d")
    root.set("lang", language)
    root.set("direction", "ltr")  # a page in Arabic turns no axis round
    for place, (kind, text) in enumerate((("t", title), ("d", description))):
        told = Element(_tag("title" if kind == "t" else "desc"), {"id": f"{name}-{kind}"})
        told.text = text
        root.insert(place, told)
    return ElementTree.tostring(root, encoding="unicode")


def _tag(name: str) -> str:
    return f"{{{SVG}}}{name}"


def _strip(element: Element, *, paper: bool) -> None:
    for child in list(element):
        if _unseen(child):
            element.remove(child)
            continue
        _strip(child, paper=paper)
        if child.tag == _tag("a"):
            _link(child, paper=paper)
        elif child.tag == _tag("g") and len(child) == 0:
            element.remove(child)
    mark = element.get("role") == "graphics-symbol" and element.get("aria-roledescription") not in _FRAME
    said = element.get(_KEPT) if mark else None
    for attribute in _NOT_OURS:
        element.attrib.pop(attribute, None)
    if not paper:
        element.attrib.pop("font-family", None)
    if said:
        told = Element(_tag("title"))
        told.text = said
        element.insert(0, told)


def _unseen(child: Element) -> bool:
    """The frames that Vega draws round every group without a colour, and what it has hidden."""
    frame = child.get("class") in ("background", "foreground")
    return child.get("opacity") == "0" or child.get("display") == "none" or (frame and not _painted(child))


def _painted(child: Element) -> bool:
    return any(child.get(paint, "none") != "none" for paint in ("fill", "stroke"))


def _link(link: Element, *, paper: bool) -> None:
    """Reached with the mouse; with the keyboard the same link stands in the table below, once instead of a hundred."""
    address = link.attrib.pop(LINK, "")
    link.attrib.clear()
    link.tag = _tag("g" if paper or not address.startswith(HOST) else "a")
    if link.tag == _tag("a"):
        link.set("href", address.removeprefix(HOST))
        link.set("tabindex", "-1")
        link.set(_KEPT, next(_titles(link), ""))


def _titles(element: Element) -> Iterator[str]:
    return (one.text or "" for one in element.iter(_tag("title")))
