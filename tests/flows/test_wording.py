from datetime import timedelta, timezone

import pytest
from jinja2 import Environment

from bot.building import read_book
from bot.domain.errors import FlowError
from bot.domain.ids import HOUR, Instant
from bot.flow.placeholders import placeholders_in
from bot.flow.reader import read_flow
from bot.wording import best_language, read_catalog, read_wording, required_keys
from bot.wording.phrases import say_ago, say_date, say_duration, say_moment, say_number, say_weekday

FLOW = """\
flow: greet
version: 1
starts_at: hello
states:
  hello:
    say: Call {police_number} now.
    ask: Are you safe?
    answers:
      safe: Yes
      unsure: I am not sure
    also:
      safe: yes | yep
    then: goodbye
  goodbye:
    say: Bye.
    end: done
"""

HEADER = """\
msgid ""
msgstr ""
"Language: zh_CN\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"""

CHINESE = f"""\
{HEADER}
msgctxt "greet.hello.say"
msgid "Call {{police_number}} now."
msgstr "现在就打 {{police_number}}。"

msgctxt "greet.hello.ask"
msgid "Are you safe?"
msgstr "你安全吗？"

msgctxt "greet.hello.answers.safe"
msgid "Yes"
msgstr "安全"

msgctxt "greet.hello.answers.safe.also"
msgid "yes | yep"
msgstr "嗯 | 对"

msgctxt "greet.hello.answers.unsure"
msgid "I am not sure"
msgstr "我不确定"

msgctxt "greet.goodbye.say"
msgid "Bye."
msgstr "再见。"

msgid "%(count)s new"
msgid_plural "%(count)s new ones"
msgstr[0] "%(count)s 条新的"
"""

FILE = "locales/zh_CN/LC_MESSAGES/messages.po"
AT = Instant(1_795_460_400_000_000)
KAILI = timezone(timedelta(hours=8))


def flow():
    return read_flow(FLOW, "flows/conversations/greet.yaml")


def wording(catalog=CHINESE):
    return read_wording({FILE: catalog}, [flow()])[0]


def test_a_text_is_said_in_the_language_asked_for_with_its_numbers_filled_in():
    words = wording()
    source = "Call {police_number} now."
    in_chinese = words.say("greet.hello.say", source, "zh_CN", police_number="110")
    assert in_chinese == "现在就打 110。"
    assert words.say("greet.hello.say", source, "en", police_number="110") == "Call 110 now."


def test_what_has_no_translation_is_said_in_english():
    words = wording(HEADER)
    assert words.say("greet.goodbye.say", "Bye.", "zh_CN") == "Bye."
    assert words.say("greet.goodbye.say", "Bye.", "fr") == "Bye."


def test_a_placeholder_is_a_name_and_never_reaches_into_a_value():
    words = wording()
    hostile = "{police_number.__class__} {police_number[0]} {0} {nobody} {police_number}"
    said = words.say("none", hostile, "en", police_number="{return_code}", return_code="oak")
    untouched = "{police_number.__class__} {police_number[0]} {0} {nobody}"
    assert said == f"{untouched} {{return_code}}"


def test_a_percent_sign_counts_as_a_placeholder_only_where_it_would_break_a_page():
    assert placeholders_in("{return_code} %(name)s 100%") == {"{return_code}", "%(name)s", "%"}
    assert placeholders_in("100%%") == frozenset()
    assert placeholders_in("{0} { x }") == {"{", "}"}


def test_a_translation_of_another_sentence_is_not_said():
    changed = CHINESE.replace('msgid "Bye."', 'msgid "See you."')
    assert wording(changed).say("greet.goodbye.say", "Bye.", "zh_CN") == "Bye."


def test_an_outdated_translation_is_not_said():
    fuzzy = CHINESE.replace('msgctxt "greet.hello.ask"', '#, fuzzy\nmsgctxt "greet.hello.ask"')
    words = wording(fuzzy)
    assert words.say("greet.hello.ask", "Are you safe?", "zh_CN") == "Are you safe?"
    assert words.lacking("zh_CN", required_keys([flow()])) == (
        "greet.hello.ask: to be looked at again",
    )


def test_a_translation_with_a_misspelt_placeholder_is_not_said():
    words = wording(CHINESE.replace("打 {police_number}", "打 {polcie_number}"))
    said = words.say("greet.hello.say", "Call {police_number} now.", "zh_CN", police_number="110")
    assert said == "Call 110 now."


def test_a_language_is_offered_only_when_it_is_complete():
    required = required_keys([flow()])
    assert wording().offered(("zh_CN", "en"), required) == ("zh_CN", "en")
    lacking = wording(CHINESE.replace('msgstr "再见。"', 'msgstr ""'))
    assert lacking.offered(("zh_CN", "en"), required) == ("en",)
    assert lacking.lacking("zh_CN", required) == ("greet.goodbye.say: not translated",)
    assert lacking.offered(("fr",), required) == ()


def test_every_language_is_understood_at_all_times():
    known = wording().vocabulary([flow()])
    assert set(known["greet.hello.answers.safe"]) == {"Yes", "yes", "yep", "安全", "嗯", "对"}
    assert known["greet.hello.answers.unsure"] == ("I am not sure", "我不确定")


def test_a_session_keeps_the_words_of_the_release_it_began_on():
    kept = wording().snapshot()
    today = wording(CHINESE.replace("再见。", "回头见。"))
    assert today.say("greet.goodbye.say", "Bye.", "zh_CN") == "回头见。"
    assert today.pinned(kept).say("greet.goodbye.say", "Bye.", "zh_CN") == "再见。"


@pytest.mark.parametrize(
    "broken",
    [
        'msgid "Bye."\nmsgstr\n',
        CHINESE.replace("charset=utf-8", "charset=gbk"),
        CHINESE.replace("nplurals=1; plural=0", "nplurals=many; plural=0"),
        CHINESE.replace("nplurals=1; plural=0", "nplurals=1; plural=__import__('os')"),
        CHINESE.replace("Language: zh_CN", "Language: nowhere_XX_YY_ZZ"),
        'msgid "not closed\nmsgstr ""\n',
        "\x00\x01",
    ],
)
def test_a_broken_catalog_is_a_finding_and_english_is_still_said(broken):
    words, findings = read_wording({FILE: broken}, [flow()])
    assert [finding.code for finding in findings] == ["L109"]
    assert {finding.file for finding in findings} == {FILE}
    assert words.say("greet.goodbye.say", "Bye.", "zh_CN") == "Bye."
    assert words.offered(("zh_CN", "en"), required_keys([flow()])) == ("en",)


def test_a_broken_catalog_tells_its_line():
    with pytest.raises(FlowError) as fault:
        read_catalog(f"{CHINESE}\nnonsense here\n", language="zh_CN", file=FILE)
    assert fault.value.findings[0].line == CHINESE.count("\n") + 2


def test_templates_speak_through_the_catalog_plurals_and_contexts_included():
    page = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    page.install_gettext_translations(wording().translations("zh_CN"), newstyle=True)
    new = "{{ ngettext('%(count)s new', '%(count)s new ones', 3, count=3) }}"
    bye = "{{ pgettext('greet.goodbye.say', 'Bye.') }}"
    assert page.from_string(f"{new} {bye}").render() == "3 条新的 再见。"


def test_a_template_in_english_needs_no_catalog():
    page = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    page.install_gettext_translations(wording().translations("en"), newstyle=True)
    new = "{{ ngettext('%(count)s new', '%(count)s new ones', 3, count=3) }}"
    assert page.from_string(new).render() == "3 new ones"


def test_a_templates_translation_that_would_break_the_page_is_not_used():
    broken = wording(CHINESE.replace('"%(count)s 条新的"', '"%(cuont)s 条新的，100%"'))
    page = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    page.install_gettext_translations(broken.translations("zh_CN"), newstyle=True)
    new = "{{ ngettext('%(count)s new', '%(count)s new ones', 3, count=3) }}"
    assert page.from_string(new).render() == "3 new ones"


@pytest.mark.parametrize(
    ("hint", "chosen"),
    [
        ("zh-hans", "zh_CN"),
        ("zh", "zh_CN"),
        ("zh-TW", "zh_TW"),
        ("zh-HK", "zh_TW"),
        ("zh-SG", "zh_CN"),
        ("en-GB", "en"),
        ("EN", "en"),
        ("fr, en;q=0.8", "en"),
        ("", "zh_CN"),
        ("fr", "zh_CN"),
        ("-;q=,,", "zh_CN"),
    ],
)
def test_the_language_that_suits_best_is_chosen(hint, chosen):
    assert best_language(hint, ("zh_CN", "en", "zh_TW")) == chosen


def test_simplified_chinese_is_better_than_none_for_readers_of_traditional():
    assert best_language("zh-TW", ("en", "zh_CN")) == "zh_CN"
    assert best_language("zh", ()) == "en"


def test_times_are_said_as_people_of_the_language_say_them():
    assert say_date(AT, language="zh_CN", zone=KAILI) == "2026年11月24日"
    assert say_moment(AT, language="en", zone=KAILI) == "Nov 24, 2026 03:00"
    assert say_weekday(AT, language="zh_CN", zone=KAILI) == "星期二"
    assert say_duration(timedelta(minutes=90), language="zh_CN") == "2小时"
    assert say_number(1234.5, language="en") == "1,234.5"


def test_how_long_ago_is_said_with_its_direction():
    later = Instant(AT + 2 * HOUR)
    assert say_ago(AT, later, language="zh_CN") == "2小时前"
    assert say_ago(AT, later, language="en") == "2 hours ago"
    assert say_ago(later, AT, language="en") == "in 2 hours"
    assert say_ago(AT, AT, language="en") == "just now"


def test_what_is_offered_behind_an_answer_is_put_to_grown_ups_as_in_their_menu():
    told = read_book().wording.texts["zh_CN"]

    behind, menu = (f"{at}.answers.learn" for at in ("rights.what_next", "welcome.adult_menu"))
    assert told[behind] == told[menu]
