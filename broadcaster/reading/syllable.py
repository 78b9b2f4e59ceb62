"""What a Vietnamese syllable may be, and where its tone mark stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOPS = ("c", "ch", "p", "t")
_STOP_TONES = ("", "\u0301", "\u0323")
"""Syllables closed by a stop bear no other tones; toneless ones are names written without marks."""

ONSETS = (
    "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh",
    "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x", "",
)  # fmt: skip

RHYMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay
    ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet
    oi om on ong ooc oong op ot
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uên uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy
    uya uych uyên uyêt uynh uyp uyt uyu uych
    ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu ynh
    """.split()
)

_BEFORE_FRONT = frozenset({"gh", "ngh"})
_FRONT = frozenset("eêi")
"""Vowels before which alone g and ng are written with an h."""
_LONGEST = 7
"""Letters of the longest syllable: nghiêng."""
_LONGEST_NAME = 30
_NAME = 0.9
"""What a name costs, in syllables, however many it has."""
_STRAY = 3
"""What a letter outside of syllables costs, in syllables."""
_BARE = frozenset(
    "".join(each for each in unicodedata.normalize("NFD", rhyme) if each.isascii())
    for rhyme in RHYMES
)
"""Rhymes as they are typed without marks."""

_CLASSIC = (("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oã", "õa"), ("oạ", "ọa"),
            ("oè", "òe"), ("oé", "óe"), ("oẻ", "ỏe"), ("oẽ", "õe"), ("oẹ", "ọe"),
            ("uỳ", "ùy"), ("uý", "úy"), ("uỷ", "ủy"), ("uỹ", "ũy"), ("uỵ", "ụy"))  # fmt: skip
"""Open rhymes: the newer placement, and the one of official letters."""
_TAIL = re.compile(r"(?<!q)(o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])$", re.IGNORECASE)
_OLDER = dict(_CLASSIC)


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Tell whether a word, in any case, could be Vietnamese; toneless spelling passes."""
    letters, tones = _parted(word.lower())
    if len(tones) > 1:
        return False
    tone = tones[0] if tones else ""
    return any(_fits(onset, letters, tone) for onset in ONSETS if letters.startswith(onset))


def classic(word: str) -> str:
    """Put the tone mark where official letters have it: `uỷ`, `hoà` become `ủy`, `hòa`."""
    found = _TAIL.search(word)
    if not found:
        return word
    tail = _OLDER[found[0].lower()]
    return word[: found.start()] + "".join(
        new.upper() if old.isupper() else new for old, new in zip(found[0], tail, strict=True)
    )


def in_syllables(letters: str, names: Mapping[str, str]) -> list[str]:
    """Cut a run of toneless letters into names and the fewest syllables; the rest stay letters.

    Each name of several syllables is given with its marks, one word an entry.
    """
    best: list[tuple[float, list[str]]] = [(0, [])] * (len(letters) + 1)
    for start in range(len(letters) - 1, -1, -1):
        ways = [(best[start + 1][0] + _STRAY, [letters[start], *best[start + 1][1]])]
        for end in range(start + 1, min(len(letters), start + _LONGEST_NAME) + 1):
            part = letters[start:end]
            if " " in (name := names.get(part, "")):
                ways.append((best[end][0] + _NAME, [*name.split(), *best[end][1]]))
            elif len(part) <= _LONGEST and _is_bare(part):
                ways.append((best[end][0] + _cost(part), [part, *best[end][1]]))
        best[start] = min(ways, key=lambda way: way[0])
    return best[0][1]


def _cost(part: str) -> float:
    """Weigh a syllable: dich vu cong before dich vuc ong, but cong an before co ngan."""
    if part.startswith("ng"):
        return 1.6
    return 1.5 if part[0] in "aeiouy" else 1.0


@lru_cache(maxsize=8192)
def _is_bare(part: str) -> bool:
    onsets = (
        onset.replace("đ", "d") for onset in ONSETS if part.startswith(onset.replace("đ", "d"))
    )
    return any(
        part.removeprefix(onset) in _BARE
        and (onset not in _BEFORE_FRONT or part.removeprefix(onset)[0] in _FRONT)
        for onset in onsets
        if part != onset
    )


def _parted(word: str) -> tuple[str, str]:
    """Give a word's letters without tones, and its tones."""
    spread = unicodedata.normalize("NFD", word)
    tones = "".join(each for each in spread if each in _TONES)
    bare = "".join(each for each in spread if each not in _TONES)
    return unicodedata.normalize("NFC", bare), tones


def _fits(onset: str, letters: str, tone: str) -> bool:
    rhyme = letters.removeprefix(onset)
    if onset in _BEFORE_FRONT and rhyme[:1] not in _FRONT:
        return False
    if onset == "gi" and rhyme in RHYMES:
        return True
    if onset == "qu":
        # The u belongs to both: quy, quang, quyết.
        return _closed_well(rhyme, tone) and (rhyme in RHYMES or f"u{rhyme}" in RHYMES)
    return rhyme in RHYMES and _closed_well(rhyme, tone)


def _closed_well(rhyme: str, tone: str) -> bool:
    return not rhyme.endswith(_STOPS) or tone in _STOP_TONES
