"""Drawings: true to their numbers, without a foreign host, a style or a fixed colour on a page, and fit for paper."""

import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest
import typst

from se_engine.printing.drawing_look import HOST, PAPER
from se_engine.printing.drawings import KINDS, REMEMBERED, drawing
from se_engine.printing.glyphs import FONTS
from se_engine.printing.paper import STANDARDS

WORDS = {"title": "Kartlegging", "description": "Halvparten hadde gått videre på dag 38."}
STAIR = [[7, 41, 1, 0.9756], [38, 30, 15, 0.5], [90, 4, 2, 0.25]]
BAND = [[7, 0.9, 0.99], [38, 0.4, 0.6], [90, None, None]]
URL = "/reports/time-per-step/cases?step=profiling&part=open"
BAR = {"label": "Arbeidsgiver", "value": 3.25, "url": URL}
GIVEN = {
    "curves": {
        "x": "Dager", "y": "Fortsatt der", "lines": [
            {"label": f"Team {number}", "curve": STAIR, "band": BAND, "until": 120, "url": URL} for number in range(3)
        ],
    },
    "ageing": {"x": "Dager", "rows": [
        {"label": "Kartlegging", "quartile_1": 20, "median": 38, "quartile_3": None, "guide": 45,
         "open": [{"days": 12, "many": 3, "url": URL}, {"days": 200, "many": 1}]},
        {"label": "Jobbsøk", "quartile_1": None, "median": None, "quartile_3": None, "open": []},
    ]},
    "areas": {"y": "Forløp", "series": [
        {"label": name, "points": [["2026-11-01", many], ["2026-11-02", many + 1]], "url": URL}
        for name, many in (("Kartlegging", 4), ("Jobbsøk", 0))
    ]},
    "incidence": {"x": "Dager", "y": "Andel", "series": [{"label": "Arbeid", "points": [[30, 0.2], [90, 0.5]]}]},
    "bars": {"x": "Dager", "rows": [{"label": "Kartlegging", "parts": [BAR, {"label": "NAV", "value": 0}]}]},
    "spark": {"points": [["2026-01-01", 40], ["2026-04-01", None], ["2026-07-01", 31]]},
    "funnel": {
        "x": "Jobber", "y": "Andel", "target": 0.4,
        "limits": [[20, 0.06, 0.16, 0.59, 0.72], [50, 0.18, 0.26, 0.53, 0.61]],
        "points": [
            {"label": "Lakselv", "n": 20, "share": 0.5, "url": URL}, {"label": "Vadsø", "n": 50, "share": 0.3},
        ],
    },
}  # fmt: skip
NOTHING = {
    "curves": {"x": "", "y": "", "lines": [{"label": "", "curve": []}]},
    "ageing": {"x": "", "rows": [
        {"label": "", "quartile_1": 1, "median": 2, "quartile_3": 3, "open": []},
        {"label": "", "quartile_1": None, "median": None, "quartile_3": None, "open": []},
    ]},
    "areas": {"y": "", "series": [{"label": "", "points": [["2026-11-01", 0], ["2026-11-02", 0]]}]},
    "incidence": {"x": "", "y": "", "series": [{"label": "", "points": []}]},
    "bars": {"x": "", "rows": [{"label": "", "parts": [{"label": "", "value": 0}]}]},
    "spark": {"points": [["2026-01-01", 40], ["2026-04-01", None]]},
    "funnel": {"x": "", "y": "", "target": 0, "limits": [], "points": []},
}  # fmt: skip
COLOUR = re.compile(r"""(?:fill|stroke)="(?!none|var\(--se-)""")


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_gets_its_own_colours_and_links_and_a_title(kind):
    made = drawing(kind, GIVEN[kind] | WORDS, "nb")
    root = ElementTree.fromstring(made)  # noqa: S314 – our own
    texts = [one.text for one in root]
    links = [one.get("href") for one in root.iter() if one.tag.endswith("}a")]
    assert texts[:2] == [WORDS["title"], WORDS["description"]]
    assert root.get("role") == ("group" if links else "img")
    assert set(links) <= {URL}
    assert all(one.get("aria-label") for one in root.iter() if one.tag.endswith("}a"))
    assert bool(links) is ('"url"' in repr(GIVEN[kind]).replace("'", '"'))
    assert not [word for word in ("http://", "https://") if word in made.replace("http://www.w3.org/2000/svg", "")]
    assert not [word for word in (HOST, "style=", "<script", "@import", "mark container") if word in made]
    assert not COLOUR.search(made)
    assert "NaN" not in made


@pytest.mark.parametrize("kind", KINDS)
def test_paper_gets_real_colours_and_no_link(kind):
    made = drawing(kind, GIVEN[kind] | WORDS, "nb", paper=True)
    assert not [word for word in ("var(", "href", "<a", HOST) if word in made]
    assert PAPER.tones[0] in made


def test_a_pdf_takes_a_drawing_as_it_is():
    made = drawing("curves", GIVEN["curves"] | WORDS, "nb", paper=True)
    paper = {"main": b'#set document(title: "Days")\n#image("curve.svg", alt: "Days")', "curve.svg": made.encode()}
    assert typst.compile(paper, font_paths=[str(FONTS)], ignore_system_fonts=True, pdf_standards=STANDARDS)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_to_draw_is_no_drawing(kind):
    assert drawing(kind, NOTHING[kind] | WORDS, "nb") is None


def test_a_stair_ends_where_nobody_was_observed_any_longer():
    """Inner width 720 − 52 − 12 for 0 to 120 days: the line ends at the right edge, at a quarter of the height."""
    only = GIVEN["curves"] | WORDS | {"wide": 720, "lines": [{"label": "A", "curve": STAIR, "until": 120}]}
    path = next(path for path in re.findall(r'<path d="([^"]+)"', drawing("curves", only, "nb")) if "M0,0" in path)
    assert path.endswith("656,150")
    assert "L207.733,4.88" in path, "the first step down is on day 38"
    assert "L207.733,100" in path


def test_numbers_are_written_as_the_language_does():
    given = GIVEN["bars"] | WORDS
    assert "3,2" in drawing("bars", given, "nb")
    assert "3.2" in drawing("bars", given, "en")
    assert "50\u00a0%" in drawing("curves", GIVEN["curves"] | WORDS, "nn")


def test_lines_are_told_apart_without_colours_and_named_at_their_ends():
    made = drawing("curves", GIVEN["curves"] | WORDS, "nb")
    assert {"1,0", "7,3", "2,3"} <= set(re.findall(r'stroke-dasharray="([^"]+)"', made))
    heights = [float(y) for y in re.findall(r'translate\([\d.]+,([\d.]+)\)"[^>]*>Team \d<', made)]
    assert len(heights) == 3
    assert all(abs(one - other) >= 16 for one in heights for other in heights if one is not other)


def test_the_same_numbers_are_drawn_once_and_memory_is_bounded():
    given = GIVEN["curves"] | WORDS
    assert drawing("curves", given, "nb") is drawing("curves", dict(reversed(given.items())), "nb")
    assert REMEMBERED < 1000


def test_whoever_draws_nothing_does_not_load_the_library():
    script = "import sys, se_engine.printing.drawings; sys.exit('vl_convert' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
