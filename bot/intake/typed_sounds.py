"""Answers of a word or two typed in pinyin, the sounds of Chinese: "you", "mei you", "bu zhi dao".

Too short for the reading of longer texts (:mod:`bot.triage.pinyin`), they are read only where a
question of ours waits, and only of whoever is spoken to in Chinese: "you" is English, too.
"""

from bot.engine.plain import plain

_CHINESE = "zh"
_SOUNDS = {
    "有": "you youde haiyou xianzaiyou youweixian",
    "没有": "meiyou meiyoua meiyoule mei meide zanshimeiyou meiyouweixian meiweixian",
    "是": "shi shide",
    "对": "dui duide",
    "不是": "bushi",
    "嗯": "en enen",
    "不知道": "buzhidao buxiaode",
    "不确定": "buqueding buqingchu shuobuzhun",
    "不安全": "buanquan",
    "安全": "anquan",
    "不会": "buhui buhuide",
    "会": "huide",
    "可能会": "kenenghui keneng",
    "说过": "shuoguo",
    "没说过": "meishuoguo meiyoushuoguo",
    "不要": "buyao",
    "不用了": "buyong buyongle",
    "有时候可以": "youshihoukeyi youshikeyi",
    "现在没有": "xianzaimeiyou",
    "没事": "meishi meishile",
    "危险": "weixian henweixian",
    "救命": "jiuming jiujiuwo jiuwo",
    "我": "wo woziji shiwo",
    "可以": "keyi",
    "好": "hao haode",
    "不可以": "bukeyi",
    "不行": "buxing",
    "就这些": "jiuzhexie",
    "没了": "meile meiyouliao",
    "今天": "jintian",
    "昨天": "zuotian zuowan",
}
_READ = {sound: read for read, sounds in _SOUNDS.items() for sound in sounds.split()}


def in_characters(language: str, text: str) -> str:
    """Return the characters of the answer that *text* spells in pinyin, else *text* as it is."""
    if not language.startswith(_CHINESE):
        return text
    return _READ.get(plain(text).replace(" ", ""), text)
