"""The picture of a process shows every step and every move, in words too, and fits into its frame."""

import re
from xml.etree import ElementTree

import pytest

from se_engine import processes
from se_engine.process_drawing import mermaid, svg
from se_engine.rules.definition import read_process
from se_engine.rules.text import LANGUAGES

PROCESS = processes.latest()
SVG = "{http://www.w3.org/2000/svg}"
THREE_STEPS = {
    "name": "small",
    "title": {"nb": "Liten <prosess>", "nn": "Liten <prosess>", "en": "Small <process>"},
    "step": [
        {"key": key, "title": {"nb": f"{key} & co", "nn": f"{key} & co", "en": f"{key} & co"}, "final": key == "out"}
        for key in ("one", "two", "out")
    ],
    "move": [
        {"trigger": name, "from": sources, "to": to, "roles": ["supervisor"], "title": dict.fromkeys(LANGUAGES, name)}
        for name, sources, to in (("go", ["one"], "two"), ("jump", ["one", "two"], "out"))
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def small():
    return read_process(THREE_STEPS, version=1, source="small")


def drawn(process=PROCESS, language="nb", **options):
    return ElementTree.fromstring(svg(process, language, **options))  # noqa: S314 - our own text


def texts(root):
    return " ".join(element.text for element in root.iter(f"{SVG}text"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_and_every_move_is_drawn_by_its_title(language):
    shown = texts(drawn(language=language))
    for thing in (*PROCESS.steps, *PROCESS.moves):
        assert thing.title.to(language) in shown


def test_those_who_do_not_see_it_are_told_every_move():
    root = drawn(here="profiling")
    title, told = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.attrib["aria-labelledby"].split() == [title.attrib["id"], told.attrib["id"]]
    assert title.text == PROCESS.title.nb
    for move in PROCESS.moves:
        assert f"{move.title.nb} → {PROCESS.step_by_key[move.to].title.nb}" in told.text
    assert "Yrkeskartlegging og karriereplanlegging (Her er du nå):" in told.text


def test_where_a_case_stands_is_marked_once_in_words_and_not_by_colour_alone():
    root = drawn(here="job_finding")
    here = [group for group in root.iter(f"{SVG}g") if group.get("class") == "step here"]
    assert [texts(group) for group in here] == ["● Her er du nå Å finne jobb"]
    assert "Her er du nå" not in texts(drawn())


def test_page_with_a_strict_policy_may_show_it():
    """No style, no script, no colour of its own: the page decides, in light and dark."""
    for element in drawn(here="profiling").iter():
        assert element.tag not in (f"{SVG}style", f"{SVG}script", f"{SVG}image")
        assert not {"style", "href"} & set(element.attrib)
        assert {element.get("fill"), element.get("stroke")} <= {None, "none", "currentColor"}


def test_nothing_lies_outside_the_frame():
    root = drawn(here="follow_up")
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for element in root.iter():
        if element.tag == f"{SVG}marker":
            continue
        for name, limit in (("x", width), ("cx", width), ("y", height), ("cy", height)):
            assert 0 <= float(element.get(name, 0)) <= limit
    for place in root.iter(f"{SVG}rect"):
        assert float(place.get("y")) + float(place.get("height")) <= height


def test_no_two_ways_meet_a_box_in_one_point():
    starts = re.findall(r'd="(M\S+ \S+?)H', svg(PROCESS, "nb"))
    assert len(starts) == len(set(starts)) > 10


def test_definition_of_an_office_of_its_own(small):
    root = drawn(small, "en", here="two")
    assert texts(root).count("& co") == 3
    assert root.find(f"{SVG}title").text == "Small <process>"


def test_mermaid_has_every_move_from_every_step(small):
    assert mermaid(small, "en").splitlines() == [
        "stateDiagram-v2",
        "    one : one & co",
        "    two : two & co",
        "    out : out & co",
        "    [*] --> one",
        "    one --> two : go",
        "    one --> out : jump",
        "    two --> out : jump",
        "    out --> [*]",
    ]
    arrows = [line for line in mermaid(PROCESS, "nn").splitlines() if "-->" in line]
    assert len(arrows) == sum(len(move.sources) for move in PROCESS.moves) + 2
