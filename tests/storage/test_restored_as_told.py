"""A dump comes back on the way that the page for operators tells."""

import re
from pathlib import Path

import pytest

from storage.revision import check_revision
from storage.upgrade import upgrade

PAGE = Path(__file__).parents[2] / "docs/operations.md"


@pytest.mark.long
def test_the_way_back_that_is_told_needs_no_rights_but_those_of_lanterns_own_user(postgres):
    [told] = re.findall(r"^createdb (.*)lantern_restored$", PAGE.read_text("utf-8"), re.MULTILINE)
    options = told.replace("--owner=lantern", "--owner=keeper").split()
    postgres.sql("CREATE ROLE keeper LOGIN")
    postgres.sql("CREATE DATABASE kept OWNER keeper")
    upgrade(postgres.url("kept", user="keeper"))

    postgres.make_with(options, "kept_restored")
    postgres.restore_as("keeper", postgres.dump("kept"), "kept_restored")

    check_revision(postgres.url("kept_restored", user="keeper"))
