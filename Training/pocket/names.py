"""What a thing may be called: the catalogue's names, CLDR's, and WordNet's words for it and its kinds.

A reader of stories meets "poodle" and "galleon"; Pocket should draw a dog and a ship.
"""
import xml.etree.ElementTree as tree
from collections import Counter
from functools import lru_cache

from .scene import CARRIED
from .things import CATALOGUE, Noun, plural

CLDR = "/usr/share/unicode/cldr/common/annotations/{}.xml"
WORDNET = "/usr/share/wordnet/"
# Numbers of WordNet's files of animals, plants, people, artefacts: the sense a picture book means, best first.
FILES = ("05", "20", "18", "06")
ARTEFACTS = {"rocket", "kite", "drum", "train", "crown", "bell", "key", "balloon", "clock", "guitar", "umbrella", "tent", "chair", "trumpet", "broom", "hat",
             "fountain", "sledge"}
# Their kinds in WordNet are ideas, trades or insults.
ALONE = {"dragon", "man", "woman", "girl", "boy", "king", "queen", "baby", "star", "wizard", "elf", "dancer", "ghost", "house", "cake", "book", "gift", "apple", "cheese", "carrot",
         "strawberry", "banana", "football", "flying saucer", "seal"}
MOST = 16


@lru_cache(maxsize=None)
def cldr(language):
    """glyph -> CLDR's short name for it."""
    try:
        root = tree.parse(CLDR.format(language)).getroot()
    except FileNotFoundError:
        return {}
    return {a.get("cp"): a.text for a in root.iter("annotation") if a.get("type") == "tts"}


@lru_cache(maxsize=None)
def wordnet():
    """(lemma -> offsets of its senses, offset -> (lemmas, offsets of its kinds, file)), of nouns."""
    senses, sets = {}, {}
    try:
        with open(WORDNET + "index.noun") as file:
            for line in file:
                if not line.startswith(" "):
                    parts = line.split()
                    senses[parts[0]] = parts[-int(parts[2]):]
        with open(WORDNET + "data.noun") as file:
            for line in file:
                if line.startswith(" "):
                    continue
                parts = line.split(" | ")[0].split()
                count = int(parts[3], 16)
                lemmas = [parts[4 + 2 * i] for i in range(count)]
                at = 5 + 2 * count
                kinds = [parts[i + 1] for i in range(at, at + 4 * int(parts[at - 1]), 4) if parts[i] == "~"]
                sets[parts[0]] = (lemmas, kinds, parts[1])
    except FileNotFoundError:
        pass
    return senses, sets


def spoken(lemma):
    """Lemmas that a story would use: lower case, of one or two words."""
    if "negro" in lemma:
        return False
    return lemma.islower() and lemma.replace("_", "").isalpha() and lemma.count("_") < 2 and 2 < len(lemma) < 18


def meant(thing):
    """The offset of the synset that the picture shows, or None."""
    senses, sets = wordnet()
    if thing.name in ALONE:
        return None
    offsets = senses.get(thing.name.replace(" ", "_"), [])
    for file in ("06",) if thing.name in ARTEFACTS else FILES:
        for offset in offsets:
            if sets[offset][2] == file:
                return offset
    return None


@lru_cache(maxsize=None)
def found():
    """thing name -> further English nouns; a word that first means something else is left out."""
    senses, sets = wordnet()
    words = {}
    for thing in CATALOGUE:
        offset, more = meant(thing), []
        for synset in [offset, *sets[offset][1]] if offset else []:
            more += [lemma for lemma in sets[synset][0] if spoken(lemma) and senses[lemma][0] == synset]
        more = [m.replace("_", " ") for m in more][:MOST]
        title = cldr("en").get(thing.glyph.rstrip("\ufe0f"), "").removesuffix(" face").lower()
        if title and title.count(" ") < 2 and title.replace(" ", "").isalpha():
            more.append(title)
        words[thing.name] = list(dict.fromkeys(more))
    often = Counter(w for more in words.values() for w in more)
    taken = {noun.one for thing in CATALOGUE for noun in thing.english}
    return {name: tuple(Noun(w, plural(w)) for w in more if often[w] == 1 and w not in taken) for name, more in words.items()}


@lru_cache(maxsize=None)
def all_words():
    """Every single English word that is part of a carried thing's name."""
    return {w for thing in CATALOGUE[:CARRIED] for noun in thing.english + found()[thing.name] for w in noun.one.split()}


def english(pick, thing):
    """The first name most often, the others in turn, a found one now and then."""
    way, rare = pick.random(), found()[thing.name]
    if way < 0.5:
        return thing.english[0]
    return pick.choice(rare) if rare and way > 0.86 else pick.choice(thing.english)


def german(pick, thing):
    return thing.german[0] if pick.random() < 0.5 else pick.choice(thing.german)
