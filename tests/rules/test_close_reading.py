"""The close reading: what it adds to what was seen at once, how it learns, and how it is kept."""

from dataclasses import replace

import numpy as np
import pytest
from running import the_book
from wish_rule import RULE

from bot.assessing.labelled import Labelled
from bot.assessing.learning import Effort
from bot.assessing.mixing import Sample, score_of, settle, worry_of
from bot.assessing.schooling import Schooling, fresh, pupils_of, school
from bot.assessing.studying import mark_of, study
from bot.close_network import first_weights, load_network, network_of, write_network
from bot.domain.errors import ConfigError, FlowError
from bot.domain.level import Level
from bot.triage.close import FIRST_KIND, RISK, WORRY, CloseReading, Mix, read_mix, write_mix
from bot.triage.closely import find_closely, is_in_doubt
from bot.triage.convolutions import packed, unpacked
from bot.triage.opinion_signal import SECOND_OPINION
from bot.triage.reader import read_rules
from bot.triage.rules import with_close_reading
from bot.triage.signals import explain, find_signals, glance, level_of
from bot.triage.tools import evened, unevened, unwound, windows

pytestmark = pytest.mark.long

MIX = Mix(
    doubt=-50.0,
    bias=0.0,
    quick=0.0,
    close=1.0,
    clue=1.0,
    sure=2.0,
    pressing_since=5.0,
    kind_since=3.0,
    worry_since=1.0,
)
KINDS = ("neglect", "sexual_abuse")
TELLING = "他们下课去操场打球"
"""What no rule names."""

WEAK = """
  robbed:
    category: bullying
    level: urgent
    weak: true
    languages: [zh_CN]
    patterns: [抢, 打劫我]
    reason: {en: Robbed., zh_CN: 被抢。}
    catch: 他们抢我
    leave: 你好
"""


class Told:
    """A network that says what it is told to: of each text risk, pressing, and the kinds."""

    def __init__(self, **said):
        self.said, self.read = said, []

    def answer(self, texts):
        self.read.extend(texts)
        return [self.said.get(text, [-9.0, -9.0, 0.0, 0.0, 0.0]) for text in texts]

    def telling(self, text, question=RISK):
        self.asked = question
        return (text[:2],)


def rules_with(network, *, mix=MIX, rules=None):
    rules = rules or replace(the_book().rules, closely=None)
    reading = CloseReading(version="close1", mix=mix, kinds=KINDS, network=lambda: network)
    return with_close_reading(rules, reading)


def small_rules():
    return replace(
        read_rules({"flows/triage/small.yaml": RULE + WEAK}), opinion=the_book().rules.opinion
    )


def levels(text, rules, earlier=()):
    return {signal.rule: signal.level for signal in find_closely(text, rules, earlier)}


def test_what_nothing_else_saw_is_raised_with_its_kind_and_the_words_that_told_it():
    rules = rules_with(Told(**{TELLING: [3.0, 0.0, 0.0, 0.0, 4.0]}))
    assert find_signals(TELLING, rules) == ()
    [signal] = find_closely(TELLING, rules)
    assert (signal.rule, signal.level) == (SECOND_OPINION, Level.URGENT)
    assert signal.category == "sexual_abuse"
    assert "“他们”" in explain(signal, "zh_CN")
    assert "close1" in signal.rules_version


def test_a_small_worry_is_told_as_one_by_the_words_that_told_it():
    network = Told(**{TELLING: [0.5, 6.0, 1.5, 0.0, 9.0]})
    [signal] = find_closely(TELLING, rules_with(network))
    assert (signal.level, signal.category) == (Level.ROUTINE, "distress")
    assert "烦心事" in explain(signal, "zh_CN")
    assert network.asked == WORRY


def test_from_where_on_it_is_a_small_worry_is_told_by_how_many_harmless_texts_are_taken_for_one():
    def sample(number, written, level, worry):
        text = lesson(number, written, level, twin="t")
        return Sample(
            labelled=text,
            quick=9.0 if level is Level.URGENT else -9.0,
            close=9.0 if level is Level.URGENT else -9.0,
            pressing=0.0,
            worry=worry,
            quick_worry=worry,
            has_clue=False,
            firm=Level.NONE,
        )

    written = {"他们": 0.0, "they": 3.0}
    samples = [
        sample(n, text, level, n / 50 + more + (2.0 if level is Level.ROUTINE else 0.0))
        for text, more in written.items()
        for level in (Level.URGENT, Level.ROUTINE, Level.NONE)
        for n in range(100)
    ]
    mix = settle(samples, Effort(twins=0.2, worries=0.1, worries_in_letters=0.05))

    def seen(text, level):
        alike = [s for s in samples if (s.labelled.text, s.labelled.level) == (text, level)]
        return sum(worry_of(s, mix) >= mix.worry_since for s in alike)

    assert (seen("他们", Level.NONE), seen("they", Level.NONE)) == (10, 5)
    assert seen("他们", Level.ROUTINE) == 100
    assert mix.worry_doubt > -9.0


def test_where_it_is_not_sure_of_the_category_none_is_named():
    rules = rules_with(Told(**{TELLING: [3.0, 0.0, 0.0, 2.0, 2.9]}))
    [signal] = find_closely(TELLING, rules)
    assert (signal.level, signal.category) == (Level.URGENT, "distress")


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ([9.0, 6.0, 0.0, 0.0, 0.0], Level.EMERGENCY),
        ([3.0, 0.0, 0.0, 0.0, 0.0], Level.URGENT),
        ([0.5, 6.0, 1.5, 0.0, 0.0], Level.ROUTINE),
        ([1.5, 6.0, 0.5, 0.0, 0.0], Level.NONE),
    ],
)
def test_the_surer_it_is_the_sooner_a_person_reads(said, level):
    assert level_of(find_closely(TELLING, rules_with(Told(**{TELLING: said})))) is level


def test_what_a_firm_rule_saw_stays_whatever_the_whole_reads_like():
    rules = rules_with(Told(), rules=small_rules())
    assert levels("我想死", rules) == {"wish": Level.URGENT}


def test_what_a_firm_rule_calls_urgent_may_turn_out_to_be_pressing():
    rules = rules_with(Told(我想死=[4.0, 6.0, 0.0, 0.0, 0.0]), rules=small_rules())
    assert levels("我想死", rules)[SECOND_OPINION] is Level.EMERGENCY


@pytest.mark.parametrize(
    ("risk", "level"), [(1.0, Level.URGENT), (0.5, Level.ROUTINE), (-1.0, Level.ROUTINE)]
)
def test_a_weak_rule_counts_as_far_as_the_whole_reads_like_it(risk, level):
    text = "他们抢我"
    rules = rules_with(Told(**{text: [risk, 0.0, 0.0, 0.0, 0.0]}), rules=small_rules())
    assert level_of(find_signals(text, rules)) is Level.URGENT
    assert level_of(find_closely(text, rules)) is level


@pytest.mark.parametrize("text", ["他们搶我", "他们打 劫 我", "他们打\u200b劫我"])
def test_a_weak_rule_counts_in_full_where_what_it_saw_was_written_in_disguise(text):
    rules = rules_with(Told(**{text: [-9.0, 0.0, 0.0, 0.0, 0.0]}), rules=small_rules())
    assert level_of(find_closely(text, rules)) is Level.URGENT


def test_a_weak_rule_that_counts_for_less_says_so_in_every_language():
    text = "他们抢我"
    rules = rules_with(Told(**{text: [0.5, 0.0, 0.0, 0.0, 0.0]}), rules=small_rules())
    [signal] = [s for s in find_closely(text, rules) if s.rule == "robbed"]
    assert explain(signal, "en") == (
        "Robbed. The whole of it reads less like danger, so it counts as routine."
    )
    assert explain(signal, "zh_CN").startswith("被抢。整段话")


def test_what_was_said_before_may_have_a_weak_rule_count_but_does_not_say_how_pressing_it_is():
    before, now = "他们在厕所等我", "他们抢我"
    together = f"{before} {now}"
    told = {
        together: [9.0, 9.0, 0.0, 0.0, 9.0],
        now: [-1.0, 0.0, 0.0, 0.0, 0.0],
        before: [9.0, 0, 0.0, 0, 0],
    }
    rules = rules_with(Told(**told), rules=small_rules())
    assert levels(now, rules) == {"robbed": Level.ROUTINE}
    assert levels(now, rules, [before]) == {"robbed": Level.URGENT}


def test_where_nothing_reads_closely_a_weak_rule_counts_in_full():
    assert levels("他们抢我", small_rules()) == {"robbed": Level.URGENT}


def test_several_messages_are_read_together_but_are_no_emergency():
    before, now = "老师让我最后走", "然后关灯"
    together = f"{before} {now}"
    rules = rules_with(Told(**{together: [9.0, 9.0, 0.0, 0.0, 0.0]}))
    [signal] = find_closely(now, rules, [before])
    assert (signal.level, signal.words) == (Level.URGENT, now)
    known = rules_with(
        Told(**{together: [9.0, 9.0, 0.0, 0.0, 0.0], before: [9.0, 0.0, 0.0, 0.0, 0.0]})
    )
    assert find_closely(now, known, [before]) == ()


def test_what_is_clear_and_what_is_our_own_is_not_read_closely():
    network = Told()
    rules = rules_with(network, mix=replace(MIX, doubt=1000.0))
    assert find_closely("今天天气很好", rules) == ()
    own = replace(rules_with(network), ours={"好的": None})
    assert not is_in_doubt("好的", glance("好的", own), own)
    assert network.read == []


def test_the_table_is_read_as_it_was_written():
    assert read_mix(write_mix(MIX, KINDS, ["about"])) == (MIX, KINDS)


@pytest.mark.parametrize("text", ["", "bias\t1\n", "kinds\ta\nbias\tmuch\n"])
def test_a_damaged_table_is_told(text):
    with pytest.raises(FlowError) as raised:
        read_mix(text)
    assert [finding.code for finding in raised.value.findings] == ["T902"]


@pytest.mark.parametrize("content", [b"", b"PK nothing", b"\x93NUMPY"])
def test_a_damaged_network_is_told(content, tmp_path):
    with pytest.raises(FlowError) as raised:
        load_network(content, tmp_path)
    assert [finding.code for finding in raised.value.findings] == ["T902"]


@pytest.fixture(scope="module")
def knowing():
    return network_of(fresh(first_weights(), FIRST_KIND + len(KINDS)), KINDS, None)


def test_a_network_that_was_kept_small_reads_nearly_the_same(knowing, tmp_path):
    kept = load_network(write_network(knowing.weights, KINDS, [7, 3]), tmp_path, kinds=KINDS)
    for text in (TELLING, "my uncle says not to tell", ""):
        assert np.allclose(kept.answer([text]), knowing.answer([text]), atol=0.05)
    assert [path.stat().st_mode & 0o077 for path in tmp_path.iterdir()] == [0]
    assert unpacked(packed(knowing.weights)).keys() == knowing.weights.keys()
    assert (kept.kinds, kept.held) == (KINDS, {3, 7})


def test_a_network_of_other_categories_than_the_table_is_told(knowing):
    content = write_network(knowing.weights, KINDS, [7, 3])
    for kinds in (("neglect",), ("sexual_abuse", "neglect")):
        with pytest.raises(FlowError) as raised:
            load_network(content, None, kinds=kinds)
        assert [finding.code for finding in raised.value.findings] == ["T904"]
    with pytest.raises(FlowError) as raised:
        load_network(write_network(knowing.weights, ("neglect",), []), None)
    assert [finding.code for finding in raised.value.findings] == ["T904"]


def test_half_a_character_and_nothing_at_all_can_be_read(knowing):
    for text in ("我\ud83d想", "\udc4a", "", "   ", "👊🩸", "a\x00b"):
        assert np.isfinite(knowing.answer([text])).all()
        assert all(words in text for words in knowing.telling(text.replace("\ud83d", "?")))
    assert knowing.telling("") == knowing.telling(" \n ") == ()


def test_texts_read_together_and_texts_of_any_length_say_the_same_as_alone(knowing):
    texts = ["", "好", TELLING, "he said it is our secret " * 3, "长" * 5000, *["好的"] * 70]
    together = knowing.answer(texts)
    for text, said in zip(texts, together, strict=True):
        assert np.allclose(knowing.answer([text])[0], said, atol=1e-3)


def test_the_two_ways_of_windows_undo_each_other():
    chance = np.random.default_rng(1)
    token = chance.normal(size=(2, 4, 3))
    for width, before in ((2, 0), (3, 1), (5, 2)):
        slope = chance.normal(size=(2, 4, 3 * width))
        forth = (windows(token, width, before) * slope).sum()
        assert np.isclose(forth, (token * unwound(slope, width, before)).sum())


@pytest.mark.parametrize("which", [0, 1, 2])
def test_what_was_evened_tells_how_each_number_counted(which):
    chance = np.random.default_rng(2)
    given = [chance.normal(size=(2, 4, 6)), *chance.normal(size=(2, 6))]
    slope = chance.normal(size=(2, 4, 6))
    told = unevened(slope, given[0], given[1])[which]
    for at in np.ndindex(told.shape):
        step = np.zeros_like(told)
        step[at] = 1e-6
        more, less = (
            (evened(*[each + way * step if n == which else each for n, each in enumerate(given)]))
            for way in (1, -1)
        )
        assert np.isclose(((more - less) * slope).sum() / 2e-6, told[at], atol=1e-5)


def lesson(number, text, level, **more):
    return Labelled(id=f"{number}", text=text, level=level, **more)


LESSONS = [
    lesson(number, f"{who}{what}", level, categories=("neglect",) if level is Level.URGENT else ())
    for number, (who, (what, level)) in enumerate(
        (who, deed)
        for who in ("爸爸", "妈妈", "奶奶", "叔叔", "老师", "邻居", "哥哥", "姐姐")
        for deed in (("不给我吃饭", Level.URGENT), ("给我吃好饭", Level.NONE))
    )
]


def taught(knowing, schooling, tell=lambda _, __: None):
    pupils = pupils_of(LESSONS, ("neglect", "missing"), knowing.tokens_of, schooling)
    start = fresh(first_weights(), FIRST_KIND + len(KINDS))
    return school(pupils, start, knowing.rows_of, schooling, tell=tell)


def test_it_learns_what_people_say_and_which_words_told_it(knowing):
    errors = []
    schooling = Schooling(rounds=10, rate=2e-3, unread=0.0)
    weights = taught(knowing, schooling, lambda share, error: errors.append((share, error)))
    assert errors[-1][1] < errors[0][1] / 2
    assert errors[-1][0] == 1.0
    network = replace(knowing, weights=weights)
    for text in LESSONS:
        assert (network.answer([text.text])[0][0] > 0) is text.is_risk
    assert any("不" in piece for piece in network.telling("外婆不给我吃饭"))


def test_the_same_texts_and_the_same_chance_give_the_same_network(knowing):
    once, again = (taught(knowing, Schooling(rounds=1)) for _ in range(2))
    assert all(np.array_equal(once[name], again[name]) for name in once)


def test_what_firm_rules_take_for_a_risk_counts_among_the_false_alarms():
    def sample(number, level, quick, *, firm=Level.NONE, twin=""):
        text = lesson(number, "", level, twin=twin)
        return Sample(
            labelled=text,
            quick=quick,
            close=quick,
            pressing=quick,
            worry=0.0,
            quick_worry=0.0,
            has_clue=False,
            firm=firm,
        )

    risky = [sample(n, Level.EMERGENCY, n / 10) for n in range(100)]
    twins = [sample(n, Level.NONE, n / 20, twin="t") for n in range(100)]
    effort = Effort(twins=0.10, ordinary=0.03, hasty=1.0)
    few = settle([*risky, *twins], effort)
    seen = [
        few.score(t.quick, t.close, has_clue=False, is_in_letters=False) >= few.sure for t in twins
    ]
    assert sum(seen) == 10
    firm = [replace(twin, firm=Level.URGENT) for twin in twins[:5]]
    easier = [sample(n, Level.NONE, n / 40, twin="t") for n in range(100)]
    on_others = settle([*risky, *twins], effort, easier)
    seen = [on_others.sure <= score_of(each, on_others) for each in easier]
    assert sum(seen) == 10
    assert on_others.sure < few.sure
    assert (on_others.bias, on_others.quick) == (few.bias, few.quick)
    fewer = settle([*risky, *firm, *twins[5:]], effort)
    seen = [
        fewer.score(t.quick, t.close, has_clue=False, is_in_letters=False) >= fewer.sure
        for t in twins[5:]
    ]
    assert sum(seen) == 5


def test_it_is_weighed_only_with_what_the_network_has_not_learned_from():
    class Knows:
        kinds = ("neglect",)
        held = frozenset(mark_of(text) for text in LESSONS[:6])

        def answer(self, texts):
            return [[1.0 if "不给" in text else -1.0, 0.0, 0.0, 2.0] for text in texts]

    studied = study(LESSONS, [0.0] * len(LESSONS), Knows(), small_rules(), Effort())
    assert [each.labelled for each in studied.measured.outcomes] == LESSONS[:6]
    others = study(
        LESSONS, [0.0] * len(LESSONS), Knows(), small_rules(), Effort(), judged=LESSONS[6:]
    )
    assert [each.labelled for each in others.measured.outcomes] == LESSONS[6:]
    nothing = Knows()
    nothing.held = frozenset()
    with pytest.raises(ConfigError):
        study(LESSONS, [0.0] * len(LESSONS), nothing, small_rules(), Effort())


def test_a_category_is_named_from_where_on_nearly_all_are_right():
    def sample(number, *, is_kind):
        text = lesson(number, "", Level.URGENT if number else Level.NONE)
        return Sample(
            labelled=text,
            quick=float(number),
            close=0.0,
            pressing=0.0,
            worry=0.0,
            quick_worry=0.0,
            has_clue=False,
            firm=Level.NONE,
            kind=float(number),
            is_kind=is_kind,
        )

    wrong = {1, 2, 3, 8, 9, 10, 20}
    samples = [sample(number, is_kind=number not in wrong) for number in range(51)]
    assert settle(samples, Effort()).kind_since == 10.0


def test_harmless_texts_of_either_language_are_taken_for_a_risk_as_often():
    def sample(number, written, level, score):
        text = lesson(number, written, level, twin="t")
        return Sample(
            labelled=text,
            quick=score,
            close=score,
            pressing=0,
            worry=0.0,
            quick_worry=0.0,
            has_clue=False,
            firm=Level.NONE,
        )

    written = {"他们": 0.0, "they": 2.0}
    twins = [
        sample(n, text, Level.NONE, n / 50 - less)
        for text, less in written.items()
        for n in range(300)
    ]
    risky = [
        sample(n, text, Level.URGENT, n / 20 - less)
        for text, less in written.items()
        for n in range(300)
    ]
    effort = Effort(twins=0.10, ordinary=0.03, hasty=1.0)
    mix = settle([*risky, *twins], effort)

    def seen(text):
        return sum(
            mix.score(t.quick, t.close, has_clue=False, is_in_letters=text == "they") >= mix.sure
            for t in twins
            if t.labelled.text == text
        )

    assert mix.letters > 0
    assert (seen("他们"), seen("they")) == (30, 30)
    mix = settle([*risky, *twins], replace(effort, letters=0.2))
    assert (seen("他们"), seen("they")) == (30, 60)


GONE = ("我爸坐牢了 我妈跑了", "dad is in jail and mum left")


@pytest.mark.parametrize("text", GONE)
def test_what_a_rule_sees_wholly_is_made_no_more_of(text):
    """Whatever the networks say: an emergency, were the rule not enough."""
    network = Told(**{text: [9.0, 9.0, 0.0, 0.0, 4.0]})
    known = replace(the_book().rules, closely=None)
    doubted = {by: replace(rule, is_enough=False) for by, rule in known.rules.items()}

    assert level_of(find_closely(text, the_book().rules)) is Level.URGENT
    assert level_of(find_closely(text, rules_with(network))) is Level.URGENT
    unmarked = rules_with(network, rules=replace(known, rules=doubted))
    assert level_of(find_closely(text, unmarked)) is Level.EMERGENCY


@pytest.mark.parametrize("beside", ["", " 我不想活了", " 弟弟发高烧", "很久"])
def test_whatever_stands_beside_it_is_read_as_ever(beside):
    enough = """
  gone:
    category: neglect
    level: urgent
    enough: true
    languages: [zh_CN]
    patterns: [妈妈走了]
    reason: {en: Gone., zh_CN: 走了。}
    catch: 妈妈走了
    leave: 你好
"""
    text = f"妈妈走了{beside}"
    known = read_rules({"flows/triage/small.yaml": RULE + enough})
    rules = replace(known, opinion=the_book().rules.opinion)
    network = Told(**{text: [9.0, 9.0, 0.0, 0.0, 4.0]})

    read = level_of(find_closely(text, rules_with(network, rules=rules)))

    assert read is (Level.EMERGENCY if beside else Level.URGENT)


@pytest.mark.parametrize(
    "beside",
    [
        "弟弟发高烧",
        "我在楼顶",
        "我跟奶奶过 奶奶喊不醒",
        "家里没有吃的了 我一个人",
        "就我一个人 屋里莫得吃的",
    ],
)
def test_who_is_left_with_something_worse_is_an_emergency(beside):
    assert level_of(find_closely(f"{GONE[0]} {beside}", the_book().rules)) is Level.EMERGENCY
