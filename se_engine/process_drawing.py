"""The picture of a process, drawn from its definition: SVG for pages and files, Mermaid for documents.

Steps stand below one another. Moves to the next step run between the boxes; moves back run up on the left, moves
that skip steps run down on the right, each on a lane of its own with its title where it arrives. Colours come from
the page (currentColor and classes), so that the picture is right in light and dark and under a strict CSP.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from textwrap import TextWrapper

from se_engine.rules.process import Move, Process, Step
from se_engine.wording import word

BOX, LANE, PORT, LINE, GAP, MARGIN, ROUND = 272, 18, 18, 18, 22, 20, 7
LABEL = 168
TITLE_CHARACTERS, DOWN_CHARACTERS, LABEL_CHARACTERS = 30, 30, 24


@dataclass(frozen=True)
class _Link:
    """A move as it is drawn: from boxes, to a box, by number."""

    move: Move
    sources: tuple[int, ...]
    to: int

    @property
    def style(self) -> str:
        dashed = ' stroke-dasharray="4 4"' if self.move.kind == "exception" else ""
        return f'class="move {self.move.kind}"{dashed}'


@dataclass
class _Box:
    step: Step
    title: list[str]
    top: int = 0
    height: int = 0
    left: list[_Link] = field(default_factory=list)
    right: list[_Link] = field(default_factory=list)
    down: list[_Link] = field(default_factory=list)

    def port(self, link: _Link, ports: Sequence[_Link]) -> float:
        """How far down the picture this link meets the box."""
        return self.top + self.height / 2 + (ports.index(link) - (len(ports) - 1) / 2) * PORT


class _Picture:
    """Where everything stands, worked out once."""

    def __init__(self, process: Process, language: str, here: str | None) -> None:
        self.language, self.here = language, here
        self.mark = word("drawing", "here", language) if here else ""
        self.boxes = [_Box(step, _wrapped(step.title.to(language), TITLE_CHARACTERS)) for step in process.steps]
        numbers = {step.key: number for number, step in enumerate(process.steps)}
        links = [link for move in process.moves for link in _links(move, numbers)]
        self.down = [link for link in links if link.sources == (link.to - 1,)]
        beside = [link for link in links if link not in self.down]
        # The lane of the longest way lies furthest out, so that ways from one box do not cross.
        self.back = sorted((k for k in beside if k.sources[0] > k.to), key=lambda k: (-k.to, k.sources))
        self.ahead = sorted((k for k in beside if k.sources[0] < k.to), key=lambda k: (k.to, k.sources))
        self._meet()
        labels_left = LABEL if self.back else 0
        self.x = MARGIN + labels_left + LANE * (len(self.back) + 1) * bool(self.back)
        self.right = self.x + BOX
        self.width = self.right + (LANE * (len(self.ahead) + 1) + LABEL) * bool(self.ahead) + MARGIN
        self.height = self._stack()

    def _meet(self) -> None:
        """Gives every link a port on each box it meets: none of them crosses another of the same box."""
        for number, box in enumerate(self.boxes):
            arriving = [link for link in self.back if link.to == number]
            box.left = arriving + [link for link in self.back if number in link.sources]
            box.right = [link for link in reversed(self.ahead) if number in link.sources]
            box.right += [link for link in self.ahead if link.to == number]
            box.down = [link for link in self.down if link.sources == (number,)]

    def _stack(self) -> int:
        top = MARGIN + GAP
        for box in self.boxes:
            lines = len(box.title) + (box.step.key == self.here)
            box.top, box.height = top, max(LINE * lines + 26, PORT * max(len(box.left), len(box.right)) + 16)
            top += box.height + max(GAP * 2, LINE * len(self.down_lines(box)) + GAP)
        return self.boxes[-1].top + self.boxes[-1].height + MARGIN

    def down_lines(self, box: _Box) -> list[tuple[_Link, str]]:
        return [(k, line) for k in box.down for line in _wrapped(k.move.title.to(self.language), DOWN_CHARACTERS)]


def _links(move: Move, numbers: dict[str, int]) -> Iterable[_Link]:
    """The move once for the steps it leads back from, and once for those it leads ahead from."""
    to = numbers[move.to]
    sources = sorted(numbers[source] for source in move.sources)
    for some in ([n for n in sources if n > to], [n for n in sources if n < to]):
        if some:
            yield _Link(move, tuple(some), to)


def svg(process: Process, language: str, *, here: str | None = None) -> str:
    """The drawing with a title and a description of every move for those who do not see it."""
    picture = _Picture(process, language, here)
    name = f"{process.name}-v{process.version}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="process-drawing" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" viewBox="0 0 {picture.width} {picture.height}" '
        f'width="{picture.width}" height="{picture.height}" font-family="Inter, system-ui, sans-serif" '
        f'font-size="13" fill="currentColor" lang="{language}">',
        f'<title id="{name}-title">{escape(process.title.to(language))}</title>',
        f'<desc id="{name}-desc">{escape(_described(process, language, here))}</desc>',
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        'orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="currentColor"/></marker></defs>',
        _begin(picture),
        *(_way(picture, link, lane, side=-1) for lane, link in enumerate(picture.back)),
        *(_way(picture, link, lane, side=1) for lane, link in enumerate(picture.ahead)),
        *(_below(picture, box) for box in picture.boxes),
        *(_box(picture, box) for box in picture.boxes),
        "</svg>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _described(process: Process, language: str, here: str | None) -> str:
    """Every step with its moves, as sentences made of the definition's own words."""
    titles = {step.key: step.title.to(language) for step in process.steps}
    sentences = []
    for step in process.steps:
        mark = f" ({word('drawing', 'here', language)})" if step.key == here else ""
        moves = [f"{move.title.to(language)} → {titles[move.to]}" for move in process.moves_from(step.key)]
        sentences.append(f"{titles[step.key]}{mark}" + (f": {'; '.join(moves)}" if moves else ""))
    return ". ".join(sentences) + "."


def _wrapped(text: str, characters: int) -> list[str]:
    return TextWrapper(characters, break_on_hyphens=False).wrap(text)


def _line(path: str, style: str, *, arrow: bool = True) -> str:
    end = ' marker-end="url(#arrow)"' if arrow else ""
    return f'<path {style} d="{path}" fill="none" stroke="currentColor" stroke-width="1.5"{end}/>'


def _text(lines: Sequence[str], x: float, y: float, *, anchor: str = "start", more: str = "") -> str:
    """Lines of text, the block centred on y."""
    first = y - (len(lines) - 1) * LINE / 2 + 4.5
    return "".join(
        f'<text x="{x:g}" y="{first + number * LINE:g}" text-anchor="{anchor}"{more}>{escape(line)}</text>'
        for number, line in enumerate(lines)
    )


def _begin(picture: _Picture) -> str:
    x, top = picture.x + 28, picture.boxes[0].top
    return f'<circle cx="{x}" cy="{MARGIN + 2}" r="5"/>' + _line(f"M{x} {MARGIN + 2}V{top - 1}", 'class="move"')


def _way(picture: _Picture, link: _Link, lane: int, *, side: int) -> str:
    """A move beside the boxes (side −1: left): out of each source, along its lane, in where its title stands."""
    edge = picture.x if side < 0 else picture.right
    x = edge + side * LANE * (lane + 1)
    lanes = picture.back if side < 0 else picture.ahead
    tail = edge + side * LANE * (len(lanes) + 1)
    box = picture.boxes[link.to]
    arrives = box.port(link, box.left if side < 0 else box.right)
    turn = ROUND if side < 0 else -ROUND
    ways = []
    for number in link.sources:
        source = picture.boxes[number]
        leaves = source.port(link, source.left if side < 0 else source.right)
        joins = f"M{edge} {leaves:g}H{x - side * ROUND}Q{x} {leaves:g} {x} {leaves - turn:g}"
        furthest = number == (link.sources[-1] if side < 0 else link.sources[0])
        ways.append(_line(joins + (f"V{arrives:g}" if furthest else ""), link.style, arrow=False))
    ways.append(f'<circle cx="{x}" cy="{arrives:g}" r="2.5"/>')
    ways.append(_line(f"M{tail} {arrives:g}H{edge + side}", link.style))
    title = _wrapped(link.move.title.to(picture.language), LABEL_CHARACTERS)
    label = _text(title, tail + side * 6, arrives, anchor="end" if side < 0 else "start")
    return _faded(link, f'<g opacity="0.8">{"".join(ways)}</g>{label}')


def _below(picture: _Picture, box: _Box) -> str:
    """The moves to the next step, side by side, with their titles to the right of them."""
    if not box.down:
        return ""
    top, bottom = box.top + box.height, picture.boxes[box.down[0].to].top
    arrows = [
        _faded(link, _line(f"M{picture.x + 28 + 16 * place} {top}V{bottom - 1}", link.style))
        for place, link in enumerate(box.down)
    ]
    lines = picture.down_lines(box)
    x, first = picture.x + 28 + 16 * len(box.down), (top + bottom) / 2 - (len(lines) - 1) * LINE / 2
    titles = [_faded(k, _text([line], x, first + LINE * place)) for place, (k, line) in enumerate(lines)]
    return "".join(arrows + titles)


def _faded(link: _Link, drawn: str) -> str:
    return f'<g opacity="0.7">{drawn}</g>' if link.move.kind == "exception" else drawn


def _box(picture: _Picture, box: _Box) -> str:
    is_here = box.step.key == picture.here
    rounding = box.height / 2 if box.step.final else 10
    drawn = (
        f'<rect x="{picture.x}" y="{box.top}" width="{BOX}" height="{box.height}" rx="{rounding:g}" '
        f'fill-opacity="{0.14 if is_here else 0.04}" stroke="currentColor" stroke-width="{3 if is_here else 1.5}"/>'
    )
    x, middle = picture.x + BOX / 2, box.top + box.height / 2
    bold = ' font-size="15" font-weight="600"'
    if not is_here:
        return f'<g class="step">{drawn}{_text(box.title, x, middle, anchor="middle", more=bold)}</g>'
    above = middle - LINE * len(box.title) / 2 - 2
    mark = _text([f"● {picture.mark}"], x, above, anchor="middle", more=' class="mark" font-size="12"')
    title = _text(box.title, x, middle + LINE / 2 + 1, anchor="middle", more=bold)
    return f'<g class="step here">{drawn}{mark}{title}</g>'


def mermaid(process: Process, language: str) -> str:
    """The same as a Mermaid state diagram."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {step.key} : {_plain(step.title.to(language))}" for step in process.steps]
    lines.append(f"    [*] --> {process.first_step.key}")
    for move in process.moves:
        lines += [f"    {source} --> {move.to} : {_plain(move.title.to(language))}" for source in move.sources]
    lines += [f"    {step.key} --> [*]" for step in process.steps if step.final]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Mermaid ends a label at a line break or a semicolon, and begins one at a colon."""
    return " ".join(text.replace(";", ",").replace(":", " –").split())
