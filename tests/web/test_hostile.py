"""What nobody would send in good faith is answered with a sentence, never with a fault of ours."""

from __future__ import annotations

from tests.support.pages import Page


def test_a_reference_that_only_looks_like_a_day_is_no_fault(visit):
    first = visit("jo").submit("/participants/new", given_name="Pat", language_1="ti", ref="2026-13-45")
    second = visit("jo").submit("/participants/new", given_name="Pat", language_1="ti", ref="2026-13-45")
    assert (first.status_code, second.status_code) == (303, 422)
    assert "2026-13-45" in Page(second.text).text
