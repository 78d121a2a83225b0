"""The sounds of what people wrote in characters. Needs pypinyin, which running does not."""

from collections.abc import Iterable, Iterator, Sequence

from bot.assessing.learning import library
from bot.domain.expression import expression

_CHARACTERS = expression(r"[\u4e00-\u9fff]+")
_SOUND = expression(r"(?=[a-z]*[aeiouv])[a-z]{1,6}")


def spoken_in(texts: Iterable[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield each piece of *texts* that is nothing but characters, with a sound for each of them.

    Sounds are as they are typed, without tones: nv for 女.

    Raises:
        ConfigError: pypinyin is not installed.

    """
    sounds_of = library("pypinyin").lazy_pinyin
    for text in texts:
        for piece in _CHARACTERS.findall(text):
            sounds = sounds_of(piece, v_to_u=False)
            if len(sounds) == len(piece) and all(map(_SOUND.fullmatch, sounds)):
                yield piece, sounds
