"""How else a word of a name may be written: other spellings that sound alike, and one slip.

What is made here depends on the word typed alone, never on how many people a ward has.
"""

import string

from pendamping.households.rules.names import VARIANTS

# letters that are written for one another in Indonesian names; each pair is read both ways
_ALIKE = (
    ("y", "i"), ("iy", "i"), ("y", "iy"), ("w", "u"), ("uw", "u"), ("ae", "ai"), ("ay", "ai"),
    ("v", "p"), ("f", "p"), ("f", "v"), ("z", "j"), ("z", "s"), ("x", "ks"), ("q", "k"),
    ("kh", "h"), ("ch", "h"), ("kh", "ch"), ("kh", "k"), ("sy", "s"), ("sh", "s"), ("th", "t"),
    ("dh", "d"), ("ph", "p"), ("rr", "r"), ("nn", "n"), ("ll", "l"), ("mm", "m"), ("ss", "s"),
    ("o", "u"), ("e", "i"), ("ie", "i"), ("ee", "i"), ("h", ""),
)  # fmt: skip
_RULES = tuple(dict.fromkeys([*_ALIKE, *((two, one) for one, two in _ALIKE if two)]))
MOST_SPELLINGS = 400  # of one word, by up to two rules
LEAST = 4  # letters from which on a slip is guessed; "Ali" and "Adi" are two names
LONGEST = 24  # letters of a word that is looked at


def spellings(word: str) -> list[str]:
    """The word as it may be spelled too, by one rule and then by two; without the word itself.

    >>> {"mulyadi", "mulijadi"} & set(spellings("muliadi"))
    {'mulyadi'}
    """
    word = word[:LONGEST]
    once = _rewritten(word)
    twice = [other for one in once for other in _rewritten(one)]
    variant = [VARIANTS[each] for each in (word, *once) if each in VARIANTS]
    found = dict.fromkeys([*variant, *once, *twice])
    found.pop(word, None)
    return list(found)[:MOST_SPELLINGS]


def _rewritten(word: str) -> list[str]:
    found = []
    for written, other in _RULES:
        at = word.find(written)
        while at >= 0:
            found.append(word[:at] + other + word[at + len(written) :])
            at = word.find(written, at + 1)
    return [each for each in found if len(each) > 1]


def slips(word: str) -> list[str]:
    """The word with one letter more, less, other, or two neighbours changed; empty for a short one.

    At most 54 a letter: some 400 for a name of seven letters.

    >>> "suparman" in slips("suparmn"), "rohmah" in slips("rohmat"), slips("ali")
    (True, True, [])
    """
    word = word[:LONGEST]
    if len(word) < LEAST:
        return []
    found: dict[str, None] = {}
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        near = [before + after[1:], before + after[1:2] + after[:1] + after[2:]]
        near += [before + letter + after for letter in string.ascii_lowercase]
        near += [before + letter + after[1:] for letter in string.ascii_lowercase if after]
        found.update(dict.fromkeys(near))
    found.pop(word, None)
    return list(found)
