"""Reports that are told, from the first words up to the offer of a few more questions."""

from journeys.lives import level_of

from bot.domain.level import Level

ZH = "zh-hans"
DANGER = {ZH: "现在有人有危险吗", "en": "in danger right now?"}
OFFER = {ZH: "再问几个小问题", "en": "May we ask a few more things?"}
REPORT, ADULT = "report_a_concern", "report_a_concern_adult"
IN_SHORT = (
    ("that is all", "happen last?"),
    ("yesterday", "Where did it happen?"),
    ("in the yard", "How old"),
    ("12", "see what you write"),
    ("only me", "Is it safe for us"),
)
"""What a child answers who says that this is all, up to whether it is safe to write to it."""


async def child_who_told(town, language, told):
    """Return a child who has *told* before it was asked anything, and is asked about danger."""
    child = await town.child(language)
    await child.writes(told)
    await child.hears(DANGER[language])
    return child


async def told_in_chinese(town):
    """Return a child who has told, and answered what a worker needs first; and what it heard."""
    child = town.contact(ZH)
    last = await town.answers(
        child,
        ("/start", "请问，你是？"),
        ("小孩", "你想做什么？"),
        ("1", "现在有人有危险吗？"),
        ("没有", "谁需要帮助？"),
        ("我自己", "用你自己的话告诉我们"),
        ("班上的人都不理我", "你可以接着写"),
        ("就这些", "最近一次是什么时候？"),
        ("昨天", "是在哪里发生的？"),
        ("学校", "你几岁？"),
        ("十二岁", "你写的这些"),
        ("只有我", "以后我们在这里给你发消息"),
        ("可以", OFFER[ZH]),
    )
    return child, last


async def told_in_english(town, *, safe=(("yes", OFFER["en"]),)):
    """Return the same in English; *safe* is what it answers from whether it is safe on."""
    child = await town.teller()
    told = ("They leave me out of every game", "write on")
    return child, await town.answers(child, told, *IN_SHORT, *safe)


async def told_by_a_parent(town):
    """Return a parent who has told, in Chinese, and may be written to; and what they heard."""
    parent = town.contact(ZH)
    last = await town.answers(
        parent,
        ("/start", "请问，你是？"),
        ("2", ""),
        ("1", "孩子现在有危险吗？"),
        ("没有", "是您的什么人"),
        ("1", "您看到、听到了什么"),
        ("孩子不肯去上学，回家也不说话", "接着写"),
        ("就这些", "最近一次是什么时候？"),
        ("昨天", "多大"),
        ("9", "怎样能找到孩子"),
        ("三年级二班", "给您发消息吗"),
        ("可以", "再问您一两个小问题"),
    )
    return parent, last


async def routine_at_the_offer(town, *safe):
    """Return a child who has told of another, where nothing presses."""
    child = await town.child()
    await town.answers(
        child,
        ("1", "in danger right now?"),
        ("no", "Who needs help?"),
        ("another child", "in your own words"),
        ("He is often late for class", "write on"),
        *IN_SHORT,
        *(safe or (("yes", OFFER["en"]),)),
    )
    assert level_of(await town.case_of(child)) is Level.ROUTINE
    return child


async def passes(town, microseconds):
    """Let that time pass, and all that it brings about come true."""
    town.later(microseconds)
    await town.quiet()
