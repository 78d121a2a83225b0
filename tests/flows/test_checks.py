import pytest

from bot.flow.checks import check_flows
from bot.flow.reader import read_flow

FILE = "flows/conversations/report_a_concern.yaml"
QUEUES = {"emergency", "intake"}

REPORT = """\
# Report a concern: a child, or someone worried about a child, asks for help.
flow: report_a_concern
version: 1
starts_at: in_danger
if_silent: {after: 30 minutes, go: went_silent}

states:
  in_danger:
    note: Always the first question. Not being sure counts as danger.
    say: You can talk to us here. You do not have to tell us your name.
    ask: Is anyone in danger right now?
    answers:
      danger: Yes, right now
      unsure: I am not sure
      safe: No, not right now
    then:
      danger: emergency
      unsure: emergency
      safe: who_is_it_about

  emergency:
    note: A worker is called at once; the questions go on meanwhile.
    open_case: emergency
    say: If you can, call {police_number} now. It is free. We have also called a worker.
    then: who_is_it_about

  who_is_it_about:
    ask: Who are you worried about?
    answers:
      me: Myself
      child: Another child
    then:
      me: what_happened
      child: child_age

  child_age:
    ask: How old is the child? A guess is fine.
    expect: age
    if_unclear: Please send a number, for example 9.
    then: what_happened

  what_happened:
    ask: Tell us what happened, in your own words. You can stop at any time.
    expect: text
    then: safe_to_reply

  safe_to_reply:
    ask: Is it safe for us to write to you here later?
    answers:
      ok: Yes
      not_ok: No, do not write to me
    then: hand_over

  hand_over:
    open_case: intake
    say: Thank you for telling us. A worker will read this. Your code to come back is {return_code}.
    end: reported

  went_silent:
    note: Says nothing, because someone else may be holding the phone now.
    open_case: intake
    end: silent
"""

OTHER = """\
flow: other
version: 1
starts_at: start
states:
  start:
    say: Hello.
    then: middle
  middle:
    say: Good to see you.
    end: done
"""

ALWAYS = """\
flow: always
version: 1
starts_at: anywhere
states:
  anywhere:
    answers: {help: Help, leave: Leave, stop: Stop, person: Talk to a person}
    also: {stop: enough | quit}
    then: {help: helped, leave: left, stop: left, person: called}
  helped: {say: Here is what you can do., end: done}
  left: {do: leave_quickly, then: gone}
  gone: {end: silent}
  called: {do: call_a_person, then: done}
  done: {end: done}
  offer_person: {say: A person can help., end: done}
"""


def checked(*texts, known=()):
    flows = [read_flow(flow_text, file) for flow_text, file in _filed(texts)]
    others = [read_flow(flow_text, file) for flow_text, file in _filed(known)]
    found = check_flows(_named(flows), QUEUES, _named(others))
    return [str(finding) for finding in found]


def _filed(texts):
    for text in texts:
        name = next(line for line in text.splitlines() if line.startswith("flow: "))
        yield text, f"flows/conversations/{name.removeprefix('flow: ')}.yaml"


def _named(flows):
    return {flow.name: flow for flow in flows}


def changed(*changes, text=REPORT):
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return checked(text)


def said(sentence):
    """Return the findings on a flow that says *sentence*."""
    return changed(("Hello.", sentence), text=OTHER)


def test_a_sound_flow_has_no_findings():
    assert checked(REPORT) == []
    assert checked(OTHER) == []
    assert checked(ALWAYS) == []
    assert checked(REPORT, OTHER, ALWAYS, known=()) == []


def test_all_that_is_wrong_is_said_at_once_with_its_place_and_what_to_do():
    found = changed(
        ("      unsure: emergency\n", ""),
        ("child: child_age", "child: chld_age"),
        ("{return_code}", "{case_no}"),
        ("    end: silent", "    say: Goodbye.\n    end: silent"),
    )

    assert found == [
        f'{FILE}:14: F105 "then" does not say what follows "unsure"',
        f'{FILE}:33: F101 there is no state "chld_age"; did you mean "child_age"?',
        f'{FILE}:55: F202 {{case_no}} is not known; did you mean "return_code"?',
        f"{FILE}:58: F301 must stay silent: someone else may be holding the phone",
    ]


# F1: the graph


def test_a_flow_must_start_and_fall_silent_at_a_state_of_its_own():
    found = changed(("starts_at: in_danger", "starts_at: in_dangr"), ("go: went", "go: gone"))

    assert f'{FILE}:4: F101 there is no state "in_dangr"; did you mean "in_danger"?' in found
    assert any(line.startswith(f'{FILE}:5: F101 there is no state "gone_silent"') for line in found)


def test_a_question_may_say_itself_where_silence_leads():
    own = "    ask: How old is the child? A guess is fine.\n    if_silent: {}\n"
    asked = "    ask: How old is the child? A guess is fine.\n"
    left = "  left_there:\n    end: silent\n"
    said = "  left_there:\n    say: Goodbye.\n    end: silent\n"

    assert changed((asked, own.format("left_there")), text=REPORT + left) == []
    assert (
        "F301 must stay silent" in changed((asked, own.format("left_there")), text=REPORT + said)[0]
    )
    assert 'F101 there is no state "nowhere"' in changed((asked, own.format("nowhere")))[0]
    assert (
        "F107 nobody can fall silent here"
        in changed(
            ("    open_case: emergency\n", "    open_case: emergency\n    if_silent: went_silent\n")
        )[0]
    )


def test_a_state_that_no_way_leads_to_is_found():
    found = changed(("      child: child_age\n", "      child: what_happened\n"))

    assert found == [
        f'{FILE}:36: F102 no way leads to "child_age"; name it in a "then" or take it out'
    ]


def test_a_state_that_only_another_flow_leads_to_is_reached():
    entered = OTHER.replace("starts_at: start", "starts_at: middle")
    caller = OTHER.replace("flow: other", "flow: caller").replace("middle", "other.start!")
    caller = caller.split("  other.start!:")[0]

    assert "F102" in checked(entered)[0]
    assert checked(entered, caller) == []
    assert checked(entered, known=[caller]) == []


def test_what_lantern_says_of_its_own_accord_needs_no_way_to_it():
    assert checked(ALWAYS) == []
    assert "F102" in checked(ALWAYS.replace("offer_person:", "offered:"))[0]


def test_somebody_who_comes_back_enters_by_a_state_of_its_own():
    welcome = OTHER.replace("flow: other", "flow: welcome") + "  again: {say: Hi., end: done}\n"

    assert checked(welcome) == []
    assert "F102" in checked(welcome.replace("again:", "once_more:"))[0]


def test_a_state_that_leads_nowhere_is_found():
    assert changed(("    end: done\n", ""), text=OTHER) == [
        (
            'flows/conversations/other.yaml:8: F103 "middle" leads nowhere; '
            'write "then" (a state) or "end" (how it ended)'
        )
    ]


def test_a_question_that_leads_nowhere_is_found():
    found = changed(("    expect: text\n    then: safe_to_reply\n", "    expect: text\n"))

    assert f"{FILE}:42: F103" in found[0]


def test_going_round_without_a_question_is_found():
    found = changed(("    end: done", "    then: start"), text=OTHER)

    assert [line.split()[1] for line in found] == ["F104", "F104"]
    assert '"middle" comes back to itself without a question' in found[1]


def test_a_flow_that_is_called_comes_back_to_a_question():
    calls = OTHER.replace("then: middle", "then: report_a_concern.in_danger")
    calls = calls.split("  middle:")[0]

    assert checked(calls, REPORT) == [
        (
            'flows/conversations/other.yaml:7: F104 "report_a_concern.in_danger" would come back '
            'here without a question; write "report_a_concern.in_danger!"'
        )
    ]


def test_going_round_by_a_question_is_allowed():
    assert changed(("      ok: Yes\n", ""), ("then: hand_over", "then: {not_ok: hand_over}")) == []
    assert changed(("then: who_is_it_about\n\n  who", "then: in_danger\n\n  who")) == []


def test_own_words_must_lead_somewhere_where_choices_stand_beside_them():
    found = changed(
        (
            "      not_ok: No, do not write to me\n    then: hand_over",
            "      not_ok: No\n    expect: text\n    then: {ok: hand_over, not_ok: hand_over}",
        )
    )

    assert found == [f'{FILE}:53: F105 "then" does not say what follows "text"']


def test_every_outcome_of_a_deed_must_lead_somewhere():
    deed = "do: look_up_case\n    then: {found: middle, not_found: middle}"

    assert changed(("then: middle", deed), text=OTHER) == [
        'flows/conversations/other.yaml:8: F105 "then" does not say what follows "too_often"'
    ]


def test_then_cannot_name_what_nobody_can_answer():
    assert changed(("      child: child_age", "      child: child_age\n      chld: child_age")) == [
        f'{FILE}:35: F106 "chld" is no answer to this question; did you mean "child"?'
    ]


def test_then_cannot_wait_for_an_answer_where_nothing_is_asked():
    found = changed(("then: middle", "then: {yes: middle}"), text=OTHER)

    assert 'F106 "yes" cannot be answered, as nothing is asked here' in found[0]


def test_a_skipped_question_may_have_its_own_way():
    assert (
        changed(("      child: child_age", "      child: child_age\n      skipped: hand_over"))
        == []
    )


def test_nobody_may_fall_silent_unheard():
    found = changed(
        ("if_silent: {after: 30 minutes, go: went_silent}\n", ""),
        (REPORT[REPORT.index("  went_silent:") :], ""),
    )

    assert f"{FILE}:4: F107 nobody is told when the contact falls silent" in found[0]
    assert len(found) == 1


def test_a_case_needs_a_queue_that_exists():
    assert changed(("open_case: intake", "open_case: intak")) == [
        f'{FILE}:55: F108 there is no queue "intak"; did you mean "intake"?'
    ]


def test_another_flow_must_be_there():
    assert changed(("then: middle", "then: report_a_concern.in_danger!"), text=OTHER)[0] == (
        'flows/conversations/other.yaml:7: F109 there is no flow "report_a_concern"; '
        "known are other"
    )


def test_another_flow_that_is_known_is_looked_into_but_not_reported_on():
    calls = OTHER.replace("then: middle", "then: report_a_concern.in_dange!")
    calls = calls.split("  middle:")[0]
    broken = REPORT.replace("{return_code}", "{x}")

    assert checked(calls, known=[broken]) == [
        (
            'flows/conversations/other.yaml:7: F101 there is no state "in_dange" '
            'in the flow "report_a_concern"; did you mean "in_danger"?'
        )
    ]


def test_a_state_goes_on_or_ends_but_not_both():
    assert changed(("then: middle", "then: middle\n    end: done"), text=OTHER) == [
        'flows/conversations/other.yaml:8: F110 has both "then" and "end"; keep one of them'
    ]


def test_a_question_ends_in_the_state_after_it():
    found = changed(
        ("    expect: text\n    then: safe_to_reply\n", "    expect: text\n    end: x\n")
    )

    assert f'{FILE}:45: F103 an answer or a deed leads on; write "then"' in found[0]


def test_a_question_and_a_deed_stand_in_two_states():
    asks = "do: tell_topic\n    ask: Hello?\n    expect: text\n    then: middle"

    assert changed(("then: middle", asks), text=OTHER) == [
        (
            'flows/conversations/other.yaml:7: F111 a question and "do" do not fit into one '
            "state; ask in the state before"
        )
    ]


# F2: the wording


def test_what_is_said_at_once_must_fit_into_a_message():
    long = "We are here. " * 270

    assert "F201 3509 characters do not fit into 3500" in said(long)[0]
    assert said("😀. " * 900)[0].startswith("flows/conversations/other.yaml:6: F201 3599")


def test_an_answer_must_fit_on_a_button():
    label = "Another child I have met somewhere"

    assert changed(("Another child", label)) == [
        f'{FILE}:31: F201 "child" has 34 characters; a button holds 32'
    ]


def test_a_name_that_is_like_no_other_comes_with_the_known_ones():
    assert "F202 {zebra} is not known; known are police_number, ambulance" in said("A {zebra}.")[0]


@pytest.mark.parametrize("text", ["A {code.", "A code}.", "{{return_code}}"])
def test_a_lone_bracket_is_found(text):
    assert "F202 a { or } stands alone" in said(f'"{text}"')[-1]


def test_a_sentence_must_be_short_enough_for_a_child():
    words = " ".join(["word"] * 26)

    assert 'F206 "word word word word …" has 26 words' in said(f"Hello. {words}.")[0]
    assert said(f"{words[:100]}. {words[:100]}.") == []


def test_two_answers_cannot_be_understood_the_same():
    also = "    also:\n      not_ok: nope | YES!\n    then: hand_over"

    assert changed(("    then: hand_over", also)) == [
        f'{FILE}:53: F207 "yes" could mean "ok" or "not_ok"; keep it for one of them'
    ]


def test_two_answers_cannot_look_the_same():
    assert changed(("      child: Another child", "      child: myself.")) == [
        f'{FILE}:31: F207 "myself" could mean "me" or "child"; keep it for one of them'
    ]


def test_a_word_that_works_anywhere_means_nothing_else():
    text = REPORT.replace("Another child", "Quit")

    assert checked(text, ALWAYS) == [
        f'{FILE}:31: F207 "quit" works anywhere and means "stop"; use another word here'
    ]


def test_an_answer_may_say_what_the_same_word_says_anywhere():
    text = OTHER.replace(
        "then: middle", "ask: What now?\n    answers: {a: Stop}\n    then: always.left!"
    )

    assert checked(text.split("  middle:")[0], ALWAYS) == []


def test_the_question_that_a_word_leads_to_may_have_that_word_as_an_answer():
    asks = "  helped: {ask: Help with what., answers: {help: Help, no: Stop}, then: left}"
    text = ALWAYS.replace("  helped: {say: Here is what you can do., end: done}", asks)

    assert checked(text) == []


def test_the_number_of_an_answer_means_no_other_answer():
    also = "    also: {not_ok: 1, ok: one}\n    then: hand_over"

    assert changed(("    then: hand_over", also)) == [
        f'{FILE}:52: F207 "1" could mean "ok" or "not_ok"; keep it for one of them'
    ]


def test_where_all_numbers_mean_how_many_none_is_that_of_an_answer():
    also = "    also: {ok: 1 | 2 | 3, not_ok: none}\n    then: hand_over"

    assert changed(("    then: hand_over", also)) == []


# F3: the safety policy


def test_a_way_that_silence_takes_says_nothing():
    talks = "    then: bye\n  bye:\n    say: Goodbye.\n    end: done"

    assert changed(("    end: silent", talks)) == [
        f"{FILE}:63: F301 must stay silent: someone else may be holding the phone"
    ]


def test_a_silent_end_says_nothing():
    assert "F301" in changed(("end: reported", "end: silent"))[0]


def test_the_first_question_is_about_danger():
    assert changed(
        ("starts_at: in_danger", "starts_at: first"),
        (
            "states:\n",
            """states:
  first:
    ask: How are you?
    expect: text
    then: in_danger
""",
        ),
    ) == [f'{FILE}:9: F302 "first" is asked first; ask first whether anyone is in danger']


def test_something_may_be_said_before_the_first_question():
    assert (
        changed(
            ("starts_at: in_danger", "starts_at: first"),
            ("states:\n", "states:\n  first:\n    say: Hello.\n    then: in_danger\n"),
        )
        == []
    )


def test_not_being_sure_counts_as_danger():
    found = changed(("unsure: emergency", "unsure: who_is_it_about"))

    assert found[0].startswith(f'{FILE}:18: F302 "unsure" does not call a worker before')
    assert len(found) == 1


def test_skipping_the_question_about_danger_counts_as_danger():
    found = changed(
        ("      unsure: emergency", "      unsure: emergency\n      skipped: child_age")
    )

    assert f'{FILE}:19: F302 "skipped" does not call a worker' in found[0]


WHO = """  who:
    do: who_is_writing
    then:
      child: {child}
      adult: emergency
      unknown: emergency

  emergency:"""
TO_WHO = ("danger: emergency", "danger: who")


def test_every_way_that_danger_takes_calls_a_worker():
    question = changed(TO_WHO, ("  emergency:", WHO.format(child="child_age")))
    ended = changed(
        TO_WHO,
        (
            "  emergency:",
            WHO.format(child="noted").replace(
                "  emergency:", "  noted:\n    open_case: intake\n    end: done\n\n  emergency:"
            ),
        ),
    )

    assert [each.partition(";")[0] for each in (*question, *ended)] == [
        f'{FILE}:17: F302 "danger" does not call a worker before "{place}"'
        for place in ("child_age", "noted")
    ]
    assert changed(TO_WHO, ("  emergency:", WHO.format(child="emergency"))) == []


def test_own_words_at_the_question_about_danger_count_as_danger():
    said = ("safe: No, not right now\n", "safe: No, not right now\n    expect: text\n")
    way = "      safe: who_is_it_about\n"
    met = changed(said, (way, f"{way}      text: emergency\n"))
    missed = changed(said, (way, f"{way}      text: child_age\n"))

    assert met == []
    assert [each.partition(";")[0] for each in missed] == [
        f'{FILE}:21: F302 "text" does not call a worker before "child_age"'
    ]


def test_one_can_say_that_one_is_not_sure():
    found = changed(("      unsure: I am not sure\n", ""), ("      unsure: emergency\n", ""))

    assert found == [f'{FILE}:12: F302 not being sure counts as danger; add the answer "unsure"']


IDENTITY = """states:
  first:
    ask: {question}
    expect: text
    then: report_a_concern.in_danger!
"""


@pytest.mark.parametrize(
    "question",
    [
        "What is your name?",
        "What is the child's name?",
        "Can we have your phone number?",
        "Where do you live?",
        "What is your address?",
        "Which school do you go to?",
        "Is your code {return_code}?",
    ],
)
def test_nobody_is_asked_who_they_are_before_the_question_about_danger(question):
    text = OTHER.split("states:", maxsplit=1)[0].replace("start\n", "first\n") + IDENTITY.replace(
        "{question}", question
    )

    assert "flows/conversations/other.yaml:6: F303 " in checked(text, REPORT)[0]
    assert len(checked(text, REPORT)) == 1


def test_nobody_needs_to_say_who_they_are():
    question = "How can we help? You do not have to tell us your name."
    text = OTHER.split("states:", maxsplit=1)[0].replace("start\n", "first\n") + IDENTITY.replace(
        "{question}", question
    )

    assert checked(text, REPORT) == []


def test_a_name_may_be_asked_once_danger_was_asked_about():
    assert changed(("Tell us what happened, in your own words.", "What is your name?")) == []


def test_a_flow_that_is_entered_after_the_question_about_danger_may_ask_for_a_name():
    text = OTHER.replace("say: Hello.", "ask: What is your name?\n    expect: text")
    calling = REPORT.replace("then: what_happened\n\n  what", "then: other.start\n\n  what")

    assert "F303" in checked(text)[0]
    assert checked(text, calling) == []


def test_danger_never_ends_before_somebody_was_called():
    found = changed(
        ("danger: emergency", "danger: stay_safe"),
        (
            "  emergency:",
            """  stay_safe:
    say: Stay safe.
    end: done

  emergency:""",
        ),
    )

    assert found == [
        (f'{FILE}:17: F304 after "danger" it can end before anybody was called; open a case first')
    ]


def test_danger_then_silence_never_ends_before_somebody_was_called():
    found = changed(
        ("danger: emergency", "danger: more"),
        (
            "  emergency:",
            """  more:
    ask: What do you see?
    expect: text
    then: emergency

  emergency:""",
        ),
        ("    open_case: intake\n    end: silent", "    end: silent"),
    )

    assert [line.split()[1] for line in found] == ["F304"]


def test_an_emergency_names_a_number():
    assert changed(("If you can, call {police_number} now.", "Please go to a safe place.")) == [
        f"{FILE}:24: F305 an emergency must name a number to call, such as {{police_number}}"
    ]


def test_the_number_may_come_with_the_next_thing_said():
    call_now = """    then: call_now

  call_now:
    say: Please call {crisis_number}.
"""
    start = REPORT.index("    say: If you can")

    assert changed((REPORT[start : REPORT.index("    then: who_is_it", start)], call_now)) == []


@pytest.mark.parametrize("word", ["help", "leave", "stop", "person"])
def test_help_and_a_way_out_work_in_every_state(word):
    text = ALWAYS.replace(f"{{{word}: ", f"{{x{word}: ").replace(f", {word}: ", f", x{word}: ")

    assert f'F306 "{word}" must work in every state' in checked(text)[0]


@pytest.mark.parametrize(
    "promise",
    [
        "We keep it secret.",
        "This stays between us.",
        "Nobody will know.",
        "No one else will ever find out.",
        "We will never tell your parents.",
        "What you write is confidential.",
        "Everything you say will stay private.",
    ],
)
def test_secrecy_is_never_promised(promise):
    assert "F307" in said(promise)[0]


@pytest.mark.parametrize(
    "honest",
    [
        "We keep it private unless someone is in danger.",
        "We cannot keep this secret.",
        "A good secret is a birthday present.",
        "If someone asks you to keep a secret, tell us.",
        "You have a right to private life.",
        "We do not promise that nobody will know.",
    ],
)
def test_speaking_of_secrets_is_no_promise(honest):
    assert said(honest) == []


@pytest.mark.parametrize("question", ["Why did you wait?", "Hello. And why now?", "How come?"])
def test_nobody_is_asked_why(question):
    assert 'F308 "why" sounds like blame; ask what happened instead' in said(question)[0]


def test_why_may_be_explained():
    assert said("This is why we ask. Why we ask is written here.") == []
