"""What a worker types to find a case again, and what of a case is a place."""

import pytest

from bot.desk.finding import number_in, places_told
from bot.domain.case import CaseBody


@pytest.mark.parametrize(
    "words", ["L-0042", "l-42", "42", " 0042 ", "L 42", "Ｌ－００４２", "l0042"]
)
def test_a_number_is_read_however_it_is_typed(words):
    assert number_in(words) == 42


@pytest.mark.parametrize("words", ["", "L-", "Beijing Road 12", "12号楼", "0", "12345678", "4 2"])
def test_what_is_no_number_of_a_case_is_none(words):
    assert number_in(words) == 0


def test_only_answers_to_where_are_places():
    answers = {
        "report_a_concern.where_now": "Beijing Road",
        "report_a_concern.where_to_find": "skipped",
        "report_a_concern.what_happened": "He hits me in Kaili",
    }

    assert places_told(CaseBody(answers=answers)) == ["Beijing Road"]
