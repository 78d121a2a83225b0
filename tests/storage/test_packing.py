from dataclasses import replace

import pytest

from bot.domain.ids import CaseId, Instant
from bot.domain.level import Level
from bot.domain.message import Button
from bot.domain.session import Said, Session
from bot.triage.signals import explain
from storage.packing import (
    Letter,
    pack_case,
    pack_letter,
    pack_session,
    unpack_case,
    unpack_letter,
    unpack_session,
)

SESSION = Session(
    release="0123456789abcdef",
    language="zh_CN",
    state="report_a_concern.what_happened",
    step=4,
    asked_at=Instant(1_700_000_000_000_000),
    unclear=1,
    calls=("report_a_concern.in_danger",),
    trail=("welcome.who_are_you", "report_a_concern.in_danger"),
    offered=("bullying",),
    answered="report_a_concern.in_danger",
    answers={"welcome.who_are_you": "child"},
    said=(Said(at=Instant(5), state="welcome.hello", text="你好 \U0001f600"),),
    case=CaseId("c1"),
    level=Level.URGENT,
    comforted=Level.EMERGENCY,
    is_passed_on=True,
)
OF_THE_FIRST_VERSION = (
    '{"release":"0123456789abcdef","language":"zh_CN","state":"report_a_concern.what_happened",'
    '"step":4,"asked_at":1700000000000000,"unclear":1,"calls":["report_a_concern.in_danger"],'
    '"trail":["welcome.who_are_you","report_a_concern.in_danger"],"offered":["bullying"],'
    '"answered":"report_a_concern.in_danger","answers":{"welcome.who_are_you":"child"},'
    '"said":[[5,"welcome.hello","你好 \U0001f600"]],"case":"c1","level":2,"comforted":1,'
    '"is_passed_on":true}'
)
CASE_OF_THE_FIRST_VERSION = (
    '{"code":[1,2,3,4],"signals":[{"rule":"r","category":"c","level":2,'
    '"reason":"en: why (Read from pinyin: “我”.)","rules_version":"1","words":"wo",'
    '"start":0,"end":2}]}'
)
CASE_BEFORE_ANY_SEAM = (
    '{"code":[1,2,3,4],"language":"","who":"","safe_to_reply":"","help_arrived":"","answers":{},'
    '"signals":[{"rule":"r","category":"suicide","level":2,"reason":"x","rules_version":"1",'
    '"words":"myself","start":0,"end":6,"read_as":""}],"modifiers":[],"is_settled":false,'
    '"is_quiet":false,"answered_safety":null,"linked":[],"decided":null}'
)
"""Before it was known how far before a text begins what was seen in it."""

LETTER = Letter(
    address="12345",
    text="Hello",
    buttons=((Button(label="Yes", data="a:1:yes"), Button(label="No", data="a:1:no")),),
    references=("7",),
    is_from_person=True,
)


UNASKED = Letter(
    address="12345",
    text="Hello",
    buttons=(),
    references=(),
    is_from_person=False,
    is_unasked=True,
)


def test_a_session_comes_back_as_it_was():
    assert unpack_session(pack_session(SESSION)) == SESSION


def test_a_session_that_the_first_version_kept_is_read():
    assert unpack_session(OF_THE_FIRST_VERSION.encode()) == SESSION


def test_a_case_comes_back_as_it_was_also_from_the_first_version():
    body = unpack_case(CASE_OF_THE_FIRST_VERSION.encode())
    [signal] = body.signals

    assert "我" in explain(signal, "en")
    read = replace(body, signals=(replace(signal, read_as="我"),))
    assert unpack_case(pack_case(read)) == read


def test_a_case_is_read_of_which_it_is_not_known_where_what_was_seen_begins():
    body = unpack_case(CASE_BEFORE_ANY_SEAM.encode())
    [signal] = body.signals

    assert (signal.words, signal.start, signal.end, signal.before) == ("myself", 0, 6, 0)
    later = replace(body, signals=(replace(signal, before=13),))
    assert unpack_case(pack_case(later)) == later


def test_a_letter_comes_back_as_it_was():
    assert unpack_letter(pack_letter(LETTER)) == LETTER
    assert unpack_letter(pack_letter(UNASKED)) == UNASKED


def test_a_letter_that_the_first_version_kept_is_read():
    kept = b'["12345","Hello",[[["Yes","a:1:yes",""],["No","a:1:no",""]]],["7"],true]'

    assert unpack_letter(kept) == LETTER


@pytest.mark.parametrize("read", [unpack_session, unpack_letter])
@pytest.mark.parametrize("kept", [b"he hits me", b'{"state":"he hits me"}', b'["he hits me"]', b""])
def test_what_cannot_be_read_is_not_told_in_the_error(read, kept):
    with pytest.raises(ValueError, match="form") as caught:
        read(kept)

    error = caught.value
    assert "he hits me" not in str(error)
    assert error.__cause__ is None
    assert error.__suppress_context__
