"""Questions about rights and help, and the way from there to a person."""

import pytest
from journeys.at_once import at_once
from journeys.last_heard import to_the_last
from journeys.lives import level_of, open_town, said

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("language", "asked", "section", "inside", "law", "more"),
    [
        ("en", "What would you like to know?", "Bullying and violence", "about?", "Law:", "else?"),
        ("zh-hans", "想了解什么？", "欺凌和暴力", "哪一个", "依据", "还想问别的吗"),
    ],
)
async def test_sections_then_topics_then_an_answer(  # noqa: PLR0917 - one a column
    town, language, asked, section, inside, law, more
):
    child = await town.child(language)
    await town.answers(child, ("2", asked))
    assert section in child.chat.screen[-1].labels

    await child.taps(section)
    await child.hears(inside)
    topic = child.chat.screen[-1].labels[0]
    await child.taps(topic)
    first = await child.hears(law)
    await child.hears(more)
    for written in ("1", topic):
        await town.answers(child, ("another", asked))
        await child.taps(section)
        await child.hears(inside)
        assert await town.answers(child, (written, law)) == first.text
        await child.hears(more)


async def test_after_an_answer_what_is_related_is_a_button_and_so_is_what_comes_next(town):
    child = await town.child()
    await town.answers(child, ("what can I do about bullying in our class", "Law:"))
    labels = (await child.hears("anything else?")).labels

    assert labels[:3] == ["This helped", "Another answer, please", "Tell what is happening"]
    assert "School ignores bullying" in labels
    await child.taps("School ignores bullying")
    await child.hears("Law:")
    await child.hears("anything else?")
    await child.taps("Tell what is happening")
    await child.hears("Is anyone in danger right now?")


async def test_back_leads_from_an_answer_to_the_topics_and_to_the_sections(town):
    child = await town.child()
    await town.answers(child, ("2", "What would you like to know?"), ("1", "about?"))
    topics = child.chat.screen[-1].labels
    await town.answers(child, ("1", "Law:"))
    await child.hears("anything else?")

    await child.taps("Back")
    await child.hears("about?")
    assert child.chat.screen[-1].labels == topics
    await child.taps("Back")
    await child.hears("What would you like to know?")
    assert "At home" in child.chat.screen[-1].labels


async def test_whoever_was_answered_something_else_is_asked_for_other_words(town):
    child = await town.child()
    await town.answers(child, ("can my parents read my diary", "Law:"))
    await child.hears("anything else?")

    await child.taps("Another answer, please")
    assert "Talk to a person" in (await child.hears("I am sorry")).labels
    await town.answers(child, ("my dad works far away", "Law:"))
    await child.hears("anything else?")
    await child.taps("This helped")
    await child.hears("Take care")


@at_once("steps", [(), ("2",), ("2", "1"), ("2", "1", "1")])
async def test_a_question_that_carries_risk_is_answered_and_raises_at_every_step(town, steps):
    child = await town.child()
    for step in steps:
        await town.answers(child, (step, ""))
    await town.quiet()

    await child.writes("my father beats me at home, may he do that")
    await child.hears("We take this seriously")
    await town.quiet()

    heard = "\n".join(message.text for message in child.chat.screen)
    assert "Law on the Protection of Minors" in heard
    case = await town.case_of(child)
    assert level_of(case) is Level.URGENT


async def test_a_topic_is_found_in_chinese_and_names_its_law(town):
    child = await town.child("zh-hans")

    answer = await town.answers(child, ("同学欺负我怎么办", "依据"))

    assert "未成年人保护法" in answer
    assert "110" in answer


async def test_grown_ups_are_told_what_grown_ups_do(town):
    child, adult = await town.child(), town.contact("en")
    await town.answers(adult, ("/start", "Who"), ("parent", "your question"))

    told = [
        await town.answers(person, ("can my parents read my diary", "Law:"))
        for person in (child, adult)
    ]

    assert told[0] != told[1]


async def test_an_unknown_question_offers_a_person_and_a_number(town):
    child = await town.child()

    answer = await town.answers(child, ("how far is the moon", "no good answer"))

    assert "12345" in answer
    assert "110" in answer
    await child.taps("Talk to a person")
    await child.hears("is anyone in danger right now?")


async def test_a_question_leads_to_telling(town):
    child = await town.child()

    await town.answers(
        child, ("can my parents read my diary", "Law:"), ("tell", "Is anyone in danger right now?")
    )


@at_once("word", ["person", "找真人", "/person", "human"])
async def test_a_person_is_asked_for_by_word_and_danger_is_asked_first(town, word):
    child = await town.child()

    await town.answers(
        child,
        (word if word != "person" else "talk to a person", "is anyone in danger right now?"),
        ("no", "What is it about?"),
        ("about school", "Your code to come back"),
    )

    case = await town.case_of(child)
    assert case.line.queue == "person"
    assert level_of(case) is Level.URGENT
    assert "about school" in said(case)


async def test_after_the_end_what_is_written_is_passed_on_and_that_is_said_once(town):
    child = await town.child()
    await town.answers(
        child, ("4", "is anyone"), ("no", "What is it about?"), ("skip", "Your code to come back")
    )

    passed_on = await town.answers(child, ("are you there?", "This has been passed on"))
    await child.writes("it is about my school")
    await town.hears_nothing(child)

    assert "110" in passed_on
    assert {"are you there?", "it is about my school"} <= set(said(await town.case_of(child)))
    await child.taps("Start again")
    await child.hears("What would you like to do?")


async def test_a_question_after_the_end_is_never_met_with_silence(town):
    child = await town.teller()
    await town.answers(
        child,
        ("It is loud", "write on"),
        ("stop", "Your code to come back"),
        ("it is about my school", "passed on"),
        ("what is my code?", "passed on"),
        ("Can my parents read my diary?", "passed on"),
    )

    await child.hears("Law:")


async def test_whoever_finished_a_report_and_writes_more_is_not_greeted_as_if_new(town):
    child = await town.teller()
    await town.answers(
        child,
        ("It is loud", "write on"),
        ("stop", "Your code to come back"),
        ("he also took my phone", "passed on"),
    )

    assert "he also took my phone" in said(await town.case_of(child))


async def test_a_photo_sent_while_a_worker_is_awaited_is_thanked_for(town):
    child = await town.teller()
    await town.answers(child, ("It is loud", "write on"), ("stop", "Your code to come back"))

    await child.sends_photo(b"picture")

    await child.hears("we have kept this")


async def test_the_third_unclear_answer_offers_a_person_with_a_button(town):
    child = await town.child()
    await town.answers(child, ("1", "in danger right now?"), ("xx", "kept"), ("yy", "kept"))

    await town.answers(child, ("zz", "rather talk to a person"))
    await child.taps("Talk to a person")

    await child.hears("A person will read this")


async def test_the_language_can_be_changed_where_no_question_waits(town):
    child = await town.child()
    await town.answers(
        child,
        ("can my parents read my diary", "Law:"),
        ("thanks", "Take care"),
        ("language", "choose a language"),
        ("中文", "现在说中文"),
    )


@pytest.mark.parametrize(
    ("language", "who", "section", "childs", "adults"),
    [
        ("en", "parent", "At home", "Someone hits me at home", "Someone hits the child"),
        ("zh-hans", "家长", "在家里", "家里有人打我", "家里有人打孩子"),
    ],
)
async def test_the_buttons_of_topics_speak_to_whoever_reads_them(  # noqa: PLR0917 - one a column
    town, language, who, section, childs, adults
):
    child, adult = await town.child(language), town.contact(language)
    await town.answers(adult, ("/start", "110"), (who, ""))
    for person in (child, adult):
        await person.writes("2")
        await town.quiet()
        await person.taps(section)
        await town.quiet()

    assert childs in child.chat.screen[-1].labels
    assert adults in adult.chat.screen[-1].labels
    assert childs not in adult.chat.screen[-1].labels
    await town.answers(adult, (adults, "Law:" if language == "en" else "依据"))


async def test_a_wrong_answer_and_a_wrong_alarm_are_called_otherwise(town):
    child = await town.child()
    await town.answers(child, ("can a teacher hit me?", "anything else?"))

    labels = [label for message in child.chat.screen for label in message.labels]

    assert labels.count("That is not it") == 1
    assert "Another answer, please" in labels
    assert "Not what I asked" not in labels


@pytest.mark.parametrize(
    ("language", "label", "danger", "safe"),
    [
        ("en", "Talk to a person", "is anyone in danger right now?", "No, not right now"),
        ("zh-hans", "找人聊聊", "有危险吗", "没有，现在没有"),
    ],
)
async def test_whoever_only_presses_talk_to_a_person_has_one_called_at_once(
    tmp_path, language, label, danger, safe
):
    async with open_town(tmp_path) as town:
        _, phone = await town.worker(f"On duty {language}")
        child = await town.child(language)
        await child.taps(label)
        await child.hears(danger)

        case = await town.case_of(child)
        assert case.line.queue == "person"
        assert level_of(case) is Level.URGENT
        await phone.hears(case.line.code)

        await child.taps(safe)
        await town.quiet()
        await child.writes("zzz")
        await town.quiet()
        again = await town.case_of(child)
        assert again.line.id == case.line.id
        assert said(again)[-2:] == [safe, "zzz"]
        assert dict(again.answers)["talk_to_a_person.in_danger"] == "safe"


async def test_danger_told_after_asking_for_a_person_raises_the_same_case(town):
    child = await town.child()
    await child.taps("Talk to a person")
    await child.hears("is anyone in danger right now?")
    case = await town.case_of(child)

    await child.taps("I am not sure")
    await child.hears("We have called a worker")

    again = await town.case_of(child)
    assert again.line.id == case.line.id
    assert level_of(again) is Level.EMERGENCY


@pytest.mark.parametrize(
    ("language", "section", "more", "earlier", "sections", "back"),
    [
        ("en", "At home", "More (2 of 3)", "Earlier (1 of 3)", "Bullying and violence", "Back"),
        ("zh-hans", "在家里", "更多 (2/3)", "上一页 (1/3)", "欺凌和暴力", "返回"),
    ],
)
async def test_pages_are_counted_and_lead_on_and_back(  # noqa: PLR0917 - one a column
    town, language, section, more, earlier, sections, back
):
    child = await town.child(language)
    await child.writes("2")
    await town.quiet()
    await child.taps(section)
    await town.quiet()
    first = child.chat.screen[-1].labels
    await child.taps(more)
    await town.quiet()
    second = child.chat.screen[-1].labels
    assert earlier in second

    await child.taps(back)
    await town.quiet()
    assert child.chat.screen[-1].labels == first
    await child.taps(more)
    await town.quiet()
    await child.taps(earlier)
    await town.quiet()
    assert child.chat.screen[-1].labels == first
    await child.taps(back)
    await town.quiet()
    assert sections in child.chat.screen[-1].labels


@pytest.mark.parametrize(("language", "label"), [("en", "Leave now"), ("zh-hans", "马上离开")])
async def test_the_greeting_names_the_button_to_leave_as_it_is_called(town, language, label):
    child = town.contact(language)
    await child.writes("/start")
    hello = await child.hears("110")
    await town.quiet()

    assert label in hello.text
    assert label in child.chat.screen[-1].labels


@pytest.mark.parametrize(
    ("language", "name", "inside", "topic"),
    [
        ("en", "Bullying and violence", "about?", "Someone bullies me"),
        ("en", "bullying and violence", "about?", "Someone bullies me"),
        ("zh-hans", "欺凌和暴力", "哪一个", "有人欺负我"),
    ],
)
@pytest.mark.parametrize("steps", [(), ("2",), ("2", "1")])
async def test_the_name_of_a_section_opens_it_and_raises_nothing(  # noqa: PLR0917
    town, language, name, inside, topic, steps
):
    child = await town.child(language)
    for step in steps:
        await child.writes(step)
        await town.quiet()

    await child.writes(name)
    await town.quiet()

    assert inside in child.heard[-1]
    assert topic in child.chat.screen[-1].labels
    assert await town.case_of(child) is None


async def test_a_section_named_first_of_all_is_opened_once_they_said_who_they_are(town):
    child = town.contact("en")
    await town.answers(child, ("Bullying and violence", "Who is writing?"), ("1", "about?"))

    assert "Someone bullies me" in child.chat.screen[-1].labels
    assert await town.case_of(child) is None


@at_once(
    ("language", "first", "who", "answered"),
    [
        ("zh_CN", "我好难过", "1", "都是可以的"),
        ("zh_CN", "心情不好", "1", "心理老师"),
        ("en", "i am so sad", "1", "crying is all right"),
    ],
)
async def test_what_is_written_first_of_all_is_not_lost(town, language, first, who, answered):
    child = town.contact(language)
    await child.writes(first)
    await child.writes(who)
    await town.quiet()

    assert answered in "\n".join(child.heard)


async def test_before_they_said_who_they_are_what_says_most_is_answered(town):
    child = town.contact("en")
    for words in ("hi", "it is me", "i am so sad", "hello?", "1"):
        await child.writes(words)
    await town.quiet()

    assert "crying is all right" in "\n".join(child.heard)


@pytest.mark.parametrize(
    ("language", "first", "told"),
    [("en", "how far is the moon?", "no good answer"), ("zh_CN", "月亮离我们多远？", "答不好")],
)
async def test_that_there_is_no_answer_is_said_to_who_asked_first_of_all(
    town, language, first, told
):
    child = town.contact(language)
    await child.writes(first)
    await child.writes("1")
    await town.quiet()

    assert told in child.heard[-1]


@pytest.mark.parametrize(("language", "greeting"), [("en", "hello there"), ("zh_CN", "你好，在吗")])
async def test_a_greeting_is_no_question(town, language, greeting):
    child = town.contact(language)
    await child.writes(greeting)
    await child.writes("1")
    await town.quiet()

    assert "no good answer" not in child.heard[-1]
    assert "答不好" not in child.heard[-1]


async def test_in_a_report_the_same_words_tell_what_is_happening(town):
    child = await town.teller()

    await town.answers(
        child, ("Bullying and violence", "You can write on"), ("stop", "We have stopped")
    )

    assert "Bullying and violence" in said(await town.case_of(child))


@at_once(
    ("language", "who", "asked", "answer", "law"),
    [
        ("en", "parent", "My child does not do homework. What can I do?", "Homework:", "Law:"),
        ("zh-hans", "家长", "孩子不写作业怎么办", "不写作业：", "依据"),
        ("zh-hans", "家长", "我孩子不写作业，怎么办？", "不写作业：", "依据"),
    ],
)
async def test_what_parents_ask_about_homework_has_an_answer(  # noqa: PLR0917 - one a column
    town, language, who, asked, answer, law
):
    adult = town.contact(language)
    await town.answers(adult, ("/start", "110"), (who, ""))
    await town.quiet()

    told = await town.answers(adult, (asked, law))

    assert answer in told


@at_once(
    ("language", "who", "asked", "must"),
    [
        ("en", "1", "Will you tell my mum?", "must tell people who protect children"),
        ("en", "2", "Who reads what I write here?", "must report it at once"),
        ("zh-hans", "1", "你们会告诉我妈吗", "必须告诉专门保护孩子的人"),
        ("zh-hans", "2", "这里写的话保密吗？", "必须马上报告"),
    ],
)
async def test_whether_others_are_told_is_answered_honestly(town, language, who, asked, must):
    contact = town.contact(language)
    await town.answers(contact, ("/start", "110"), (who, ""))
    await town.quiet()

    await town.answers(contact, (asked, must))

    assert await town.case_of(contact) is None


@at_once(
    ("language", "asked", "law"),
    [
        ("en", "my parents are getting divorced, who do I live with?", "Law:"),
        ("zh-hans", "爸妈离婚我跟谁", "依据"),
        ("zh-hans", "爸妈要离婚了，我跟谁过", "依据"),
    ],
)
async def test_a_plain_question_about_divorce_is_answered_and_opens_no_case(
    town, language, asked, law
):
    child = await town.child(language)

    await town.answers(child, (asked, law))

    assert await town.case_of(child) is None


async def test_tears_about_the_divorce_are_still_seen(town):
    child = await town.child("zh-hans")

    await child.writes("爸妈离婚我天天哭")
    await town.quiet()

    assert await town.case_of(child) is not None


@pytest.mark.parametrize(
    ("language", "section", "childs", "parents"),
    [
        ("en", "At home", "When a parent is angry", "How not to hit my child"),
        ("zh-hans", "在家里", "爸妈发火打人", "怎么忍住不打孩子"),
    ],
)
async def test_no_button_of_a_child_speaks_to_parents(town, language, section, childs, parents):
    child = await town.child(language)
    await child.writes("2")
    await town.quiet()
    await child.taps(section)
    await town.quiet()
    shown = list(child.chat.screen[-1].labels)
    for more in (
        ("More (2 of 3)", "More (3 of 3)")
        if language == "en"
        else (
            "更多 (2/3)",
            "更多 (3/3)",
        )
    ):
        await child.taps(more)
        await town.quiet()
        shown += child.chat.screen[-1].labels

    assert childs in shown
    assert parents not in shown


async def test_who_asks_for_activities_finds_the_button_that_the_answer_names(town):
    parent = town.contact()

    heard = await to_the_last(town, parent, "Do you have activities for children?", "parent")

    assert 'Press "Learn and join in"' in heard
    assert "Learn and join in" in parent.chat.screen[-1].labels


@at_once(
    "asked",
    [
        "can i talk to a real person please",
        "I want to talk to a human",
        "can I talk to a social worker?",
        "is there someone i can talk to",
    ],
)
async def test_who_asks_for_a_person_first_of_all_is_brought_to_one(town, asked):
    child = town.contact()

    assert "A person will read this" in await to_the_last(town, child, asked)
