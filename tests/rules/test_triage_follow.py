"""The table of what follows a signal: read strictly, and held against what it names."""

from dataclasses import replace

import pytest
from running import the_book, the_rules

from bot.building import FOLLOW
from bot.domain.errors import FlowError
from bot.domain.level import Level
from bot.domain.signal import Signal
from bot.triage.check_follow import check_follow, check_hints
from bot.triage.closely import find_closely
from bot.triage.follow import all_words, read_follow
from bot.triage.opinion_signal import SECOND_OPINION
from bot.triage.signals import find_signals, glance, level_of

TABLE = """
again: {child: felt_again, adult: felt_again_adult}
follow:
  suicide:
    urgent: {child: [felt_urgent, felt_suicide], adult: felt_urgent_adult, helplines: [crisis]}
  anything:
    emergency: {child: felt_emergency, adult: felt_emergency_adult}
    urgent: {child: felt_urgent, adult: felt_urgent_adult, helplines: [crisis]}
"""


def signal(category, level, rule="r"):
    return Signal(
        rule=rule, category=category, level=level, reason="", rules_version="v", words="x"
    )


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("\nfollow:", "\nfellow:", "T402"),
        ("felt_again, adult:", "felt_again, grown:", "T401"),
        ("child: felt_again, ", "", "T402"),
        ("suicide:", "suicied:", "T401"),
        ("suicide:", "benign:", "T401"),
        ("urgent:", "routine:", "T401"),
        ("helplines: [crisis]", "lines: [crisis]", "T401"),
        ("adult: felt_urgent_adult, ", "", "T402"),
        ("anything:", "bullying:", "T402"),
        ("[felt_urgent, felt_suicide]", "[felt_urgent, felt_suicide, felt_hit]", "T403"),
        ("felt_suicide]", "passed_on]", "T403"),
    ],
)
def test_a_fault_in_its_form_is_a_finding(old, new, code):
    with pytest.raises(FlowError) as raised:
        read_follow(TABLE.replace(old, new, 1), "follow.yaml")

    assert code in [finding.code for finding in raised.value.findings]


def test_one_word_may_stand_for_a_list_of_it():
    listed = read_follow(TABLE, "follow.yaml")
    text = TABLE.replace("[crisis]", "crisis") + "hints: scar\n"

    table = read_follow(text, "follow.yaml")

    assert (table.words, table.hints) == (listed.words, ("scar",))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("felt_suicide]", "felt_suicied]", "T404"),
        ("[crisis]", "[crises]", "T404"),
        ("felt_again,", "felt_agian,", "T404"),
        ("felt_again_adult}", "felt_suicide_adult}", "T405"),
        ("helplines: [crisis]", "helplines: []", "T405"),
        (
            "adult: felt_emergency_adult}",
            "adult: felt_emergency_adult, helplines: [police]}",
            "T405",
        ),
        ("", "", "T406"),
    ],
)
def test_what_it_names_must_be_there_and_what_is_there_be_named(old, new, code):
    table = read_follow(TABLE.replace(old, new, 1), FOLLOW)

    found = check_follow(table, the_book().flows, the_book().directory, FOLLOW)

    assert code in [finding.code for finding in found]


def test_helplines_are_filled_in_nowhere_else():
    flows = dict(the_book().flows)
    hello = flows["welcome"].states["hello"]
    states = {**flows["welcome"].states, "hello": replace(hello, say="{helplines}")}
    flows["welcome"] = replace(flows["welcome"], states=states)

    found = list(check_follow(the_book().follow, flows, the_book().directory, FOLLOW))

    assert [(finding.code, finding.line) for finding in found] == [("T406", hello.line)]


def test_the_most_pressing_decides_and_then_the_order_of_the_lines():
    follow = the_book().follow
    bullied, at_home = signal("bullying", Level.URGENT), signal("domestic_violence", Level.URGENT)
    hurt = signal("medical_emergency", Level.EMERGENCY)

    assert "felt_home" in follow.after([bullied, at_home]).child
    assert follow.after([bullied, hurt]).child == ("felt_emergency_medical",)


def test_what_has_no_line_of_its_own_has_the_words_for_anything():
    follow = the_book().follow

    assert follow.after([signal("neglect", Level.EMERGENCY)]).child == ("felt_emergency",)
    assert follow.after([signal("call_for_help", Level.URGENT)]).adult == ("felt_urgent_adult",)


def test_whoever_has_heard_the_words_for_anything_urgent_hears_shorter_ones():
    follow = the_book().follow
    dying, violent = signal("suicide", Level.URGENT), signal("own_violence", Level.URGENT)

    again = follow.after([dying], is_again=True)

    assert again.child == ("felt_again", "felt_suicide")
    assert again.adult == ("felt_again_adult", "felt_suicide_adult")
    assert again.helplines == follow.after([dying]).helplines
    assert follow.after([violent], is_again=True) == follow.after([violent])
    hurt = signal("medical_emergency", Level.EMERGENCY)
    assert follow.after([hurt], is_again=True) == follow.after([hurt])


def test_a_table_without_shorter_words_says_the_same_again():
    table = read_follow(TABLE[TABLE.index("follow:") :], FOLLOW)
    dying = signal("suicide", Level.URGENT)

    assert table.after([dying], is_again=True) == table.after([dying])


def test_after_something_routine_nothing_is_said():
    assert the_book().follow.after([signal("suicide", Level.ROUTINE)]) is None


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("爸爸打我，不许我告诉别人", "felt_hit"),
        ("同学打我，不许我跟老师说", "felt_bullying"),
        ("the teacher hit me and told me not to tell my parents", "felt_hit"),
        ("我考试没考好，哥哥叫我不要告诉妈妈", ""),
        ("我和妹妹准备给妈妈惊喜，她叫我不要告诉别人", ""),
        ("下面流血了，是不是得病了", "felt_bleeding"),
        ("我两个月没来例假", ""),
        ("it hurts down there", ""),
        ("my uncle shows me videos of naked people on his phone", ""),
        ("舅舅给我看手机里脱衣服的视频", ""),
        ("我头撞到桌子流血了", "felt_medical"),
        ("i hit my head on the table and it bleeds", "felt_medical"),
        ("叔叔摸我下面，不许我告诉别人", "felt_sexual"),
        ("叔叔给我买糖，要摸我", "felt_sexual"),
        ("爸爸喝酒以后拿棍子打我", "felt_hit"),
        ("妈妈用开水烫我", "felt_hit"),
        ("my neighbour hits her little girl every evening", "felt_hit"),
        ("dad hits her in front of us", "felt_home"),
        ("网友让我发裸照给他看", "felt_online"),
        ("有个网友让我发裸照 不发就告诉我爸", "felt_sextortion"),
        ("they posted my pics to the group", "felt_pictures_spread"),
        ("he will post my pics to the group", "felt_sextortion"),
        ("my boss doesnt pay me", ""),
        ("i am being blackmailed", "felt_sextortion"),
        ("a man online wants to meet me on saturday", "felt_meeting"),
        ("网上认识的哥哥叫我星期六去酒店找他", "felt_meeting"),
        ("网友约我见面", "felt_meeting"),
        ("他要我明天去见他", "felt_meeting"),
        ("i think im pregnant im 13 my boyfriend is 20", ""),
        ("他又打我了", "felt_hit"),
        ("i hit them with a belt", "felt_hit"),
        ("我撑不下去了", "felt_suicide"),
        ("teacher hit my hand with a ruler because i didnt do homework", "felt_hit"),
        ("dad hit my face", "felt_hit"),
        ("i hit my legs when i am sad", "felt_suicide"),
        ("a girl told me to undress on video call and now they want 500", "felt_sextortion"),
        ("昨天我在宿舍洗澡有人拿手机拍我 他们发到群里了", "felt_pictures_spread"),
        ("我洗澡时舅舅拿手机拍我", "felt_sexual"),
        ("我下面流血了 我没有妈妈 我好怕", "felt_bleeding"),
        ("im bleeding down there i dont have a mum", "felt_bleeding"),
        ("有个姐姐带我去KTV陪酒", "felt_trafficking"),
        ("我爸叫我放羊 不给我去上学 说我笨", ""),
        ("my aunt wont let me go school i look after her babies", ""),
        ("my aunt wont let me go home", "felt_trafficking"),
        ("我欠了网贷 三千多 他们说要打电话给我爸", "felt_debt"),
        ("i borrowed money from an online lender they said they will call my dad", "felt_debt"),
    ],
)
def test_the_words_after_harm_are_said_only_where_just_that_was_told(text, second):
    seen = glance(text, the_book().rules)

    assert (*the_book().follow.after(seen.signals).child[1:], "")[0] == second


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("i lose my temper with my boys and i hit them with a belt", "felt_own_violence"),
        ("I smack her sometimes but every parent does", "felt_own_violence"),
        ("我怕我会伤害他", "felt_own_violence"),
        ("我快撑不下去了 他一直哭 我想把他扔出去", "felt_own_violence"),
        ("我真想掐死他", "felt_own_violence"),
        ("我就打过一次手心", "felt_own_violence"),
        ("我昨天打了他", "felt_own_violence"),
        ("i slapped her last night because she lied", "felt_own_violence"),
        ("我不想活了，我怕我会伤害他", "felt_suicide_adult"),
        ("他又打我了", "felt_home_adult"),
    ],
)
def test_what_only_grown_ups_tell_of_themselves_is_heard_so_of_a_grown_up_alone(text, words):
    signals = glance(text, the_book().rules).signals
    follow = the_book().follow

    assert words in follow.after(signals, is_adult=True).adult
    assert "felt_own_violence" not in follow.after(signals).child
    assert level_of(signals) is Level.URGENT


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("我刚刚又打了女儿", "felt_emergency_own_violence"),
        ("i just hit my daughter again", "felt_emergency_own_violence"),
        ("我刚刚又打了女儿，她不动了", "felt_emergency_medical_adult"),
        ("我老公打我，我刚刚又打了女儿", "felt_emergency_adult"),
    ],
)
def test_a_blow_of_ones_own_just_now_hears_help_for_the_temper_first(text, words):
    """Where only the second opinion calls it an emergency, and nothing else is told."""
    alarmed = signal("distress", Level.EMERGENCY, rule=SECOND_OPINION)
    signals = (alarmed, *find_signals(text, the_book().rules))

    assert words in the_book().follow.after(signals, is_adult=True).adult


@pytest.mark.parametrize(
    "text",
    [
        *("宝宝一直哭一直哭我怕我会摇他", "我快撑不下去了 孩子一直哭 我想把他扔出去"),
        "my baby wont stop crying i want to throw him",
    ],
)
def test_who_fears_to_hurt_a_baby_that_cries_hears_help_for_the_temper(text):
    signals = find_signals(text, the_book().rules)

    assert "felt_own_violence" in the_book().follow.after(signals).child


def test_a_kind_that_is_guessed_too_often_is_spoken_of_only_in_an_emergency():
    table = read_follow(f"guesses: [suicide]\n{TABLE}", FOLLOW)
    guessed = signal("suicide", Level.URGENT, rule=SECOND_OPINION)
    other = signal("bullying", Level.URGENT)

    assert table.after([guessed]) == table.after([other])
    assert table.after([signal("suicide", Level.URGENT)]) != table.after([other])
    pressing = replace(guessed, level=Level.EMERGENCY)
    dying = signal("suicide", Level.EMERGENCY)
    assert the_book().follow.after([pressing]) == the_book().follow.after([dying])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("着火了 火越来越大", "felt_emergency_fire"),
        ("i lit a fire behind the shed and it got big", "felt_emergency_fire"),
        ("the house is on fire", "felt_emergency_fire"),
        ("我生了宝宝两个月 老是想把她从窗户扔下去 我怕我自己", "felt_emergency_own_fear"),
        (
            "i had a baby 2 months ago and i keep thinking about throwing her out the window",
            "felt_emergency_own_fear",
        ),
        ("带我去浙江打工 用别人的身份证 我不想去 后天就走", "felt_emergency"),
        ("有个姐姐带我去KTV陪酒 我不去她说要发我照片", "felt_emergency_online"),
        (
            "she takes me to the ktv to drink with men and if i dont go she will post my pics",
            "felt_emergency_online",
        ),
    ],
)
def test_an_emergency_is_answered_with_the_words_for_just_that(text, words):
    signals = find_signals(text, the_rules())

    assert the_book().follow.after(signals).child == (words,)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("我要上夜班，孩子7岁一个人在家，犯法吗", Level.URGENT),
        ("我7岁一个人在家 犯法吗", Level.EMERGENCY),
        ("弟弟3岁一个人在家，犯法吗", Level.EMERGENCY),
        ("邻居孩子3岁一个人在家 犯法吗", Level.EMERGENCY),
        ("楼上孩子6岁一个人在家 犯法吗", Level.EMERGENCY),
        ("他妈妈上夜班，孩子7岁一个人在家，犯法吗", Level.EMERGENCY),
        ("my boyfriend took my daughter and wont let me see her", Level.EMERGENCY),
        ("孩子7岁一个人在家，犯法吗，他一直哭", Level.EMERGENCY),
        ("my wife took our son and wont let me see him", Level.URGENT),
        ("我老婆把孩子带走了 不让我见", Level.URGENT),
        ("my wife took our son and wont let me see him she wants to die", Level.EMERGENCY),
        ("我老婆把孩子带走了 找不到人", Level.EMERGENCY),
        ("i lit a fire behind the shed and it got big but its out now", Level.ROUTINE),
        ("着火了 已经灭了", Level.ROUTINE),
        ("着火了 已经灭了 弟弟烧伤了", Level.EMERGENCY),
        ("火灭了又烧起来了", Level.EMERGENCY),
    ],
)
def test_only_who_tells_nothing_else_is_read_as_less(text, level):
    assert level_of(find_closely(text, the_book().rules)) is level


@pytest.mark.parametrize(
    "meeting", ["我今晚去见网友", "i am meeting a man from the internet tonight"]
)
def test_an_emergency_of_a_meeting_speaks_of_no_money(meeting):
    signals = glance(meeting, the_book().rules).signals

    assert the_book().follow.after(signals).child == ("felt_emergency_stranger",)


def test_a_line_apart_must_be_there_and_name_rules_that_are():
    table = read_follow(
        "apart: {suicide_line: [scar]}\nadults: [hand]\nguesses: [fear]\n"
        + TABLE.replace(
            "  anything:",
            "  suicide_line:\n    urgent: {child: felt_urgent, adult: felt_urgent}\n  anything:",
        ),
        FOLLOW,
    )

    found = [finding.text for finding in check_hints(table, (), FOLLOW)]

    assert [text.split('"')[1] for text in found] == ["hand", "scar", "fear"]
    with pytest.raises(FlowError) as raised:
        read_follow(f"apart: {{missing_line: [scar]}}\n{TABLE}", FOLLOW)
    assert "T402" in [finding.code for finding in raised.value.findings]


def test_of_what_only_reads_like_it_nothing_is_said_as_if_it_were_told():
    table = read_follow(f"hints: [second_opinion.suicide]\n{TABLE}", FOLLOW)
    told = signal("suicide", Level.URGENT)
    read = signal("suicide", Level.URGENT, rule=SECOND_OPINION)
    other = signal("bullying", Level.URGENT, rule=SECOND_OPINION)

    assert table.after([read]) == table.after([other])
    assert table.after([read]) != table.after([told])
    assert table.after([read, told]) == table.after([told])


def test_a_hint_must_be_a_rule_or_what_the_second_opinion_reads():
    hints = "[sexual_sekret, second_opinion.sexual_abuse, second_opinion.sexual]"
    table = read_follow(f"hints: {hints}\n{TABLE}", FOLLOW)

    first, second = check_hints(table, tuple(the_book().rules.rules), FOLLOW)

    assert (first.line, first.code, "sexual_secret" in first.text) == (1, "T404", True)
    assert '"second_opinion.sexual"' in second.text


@pytest.mark.parametrize(
    ("text", "topic", "is_told"),
    [
        ("爸爸打我", "hit_at_home", True),
        ("我爸赌钱输了就打我们", "lottery_and_gambling", False),
        ("爸爸打我，不许我告诉别人", "will_you_tell", False),
        ("我们班一个女生手上全是烟头烫的疤，她说是她爸", "hurting_myself", False),
        ("我用刀划自己的手，心里才舒服", "hurting_myself", True),
        ("我怀孕了，不敢告诉妈妈", "pregnant_minor", True),
        ("the teacher made me take off my trousers", "hit_by_a_teacher", False),
    ],
)
def test_only_topics_of_just_that_harm_follow_what_was_told(text, topic, is_told):
    listed = the_book().follow.topics_after(glance(text, the_book().rules).signals)

    assert (topic in listed) is is_told


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("he posts my pics in the group so i must come to him", "sextortion"),
        ("he posted my pics to my class and says come to hotel", "sextortion"),
        ("they posted my pics to the group", "pictures_spread"),
        ("my boss doesnt pay me, he locks the door, i am 14", "trafficking"),
        ("boss doesnt pay and keeps us in the factory", "trafficking"),
        ("the manager doesnt pay, cant leave the ktv", "trafficking"),
        ("i am 13 and my boss doesnt pay me", "trafficking"),
        ("my boss doesnt pay me", "unpaid"),
    ],
)
def test_the_milder_line_is_said_only_where_nothing_worse_is_told(text, line):
    table = the_book().follow

    words = table.after(find_signals(text, the_rules()))

    assert words == table.words[line][Level.URGENT]


@pytest.mark.parametrize(
    "text", ["i have sexual thoughts about my sister", "i am attracted to younger kids"]
)
def test_a_child_with_such_thoughts_is_not_spoken_to_as_a_danger_to_children(text):
    table, signals = the_book().follow, find_signals(text, the_rules())

    assert "felt_own_urges" not in table.after(signals).child
    assert "felt_own_urges" in table.after(signals, is_adult=True).adult


def test_every_topic_that_may_follow_is_there():
    named = {topic for words in all_words(the_book().follow) for topic in words.topics}

    assert named - set(the_book().topics.by_id) == set()
