"""A link to a decision bears the number of the decision that it leads to, and that is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DECISIONS = ROOT / "docs" / "decisions"
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\[(\d{4})\]\((?:docs/)?(?:decisions/)?((\d{4})-[^)#]*)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_each_link_to_a_decision_leads_to_the_one_it_names(page):
    for shown, file, number in LINK.findall(page.read_text(encoding="utf-8")):
        assert shown == number
        assert (DECISIONS / file).is_file()
