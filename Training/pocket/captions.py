"""Writes captions for scenes, as sentences of a story would say it."""
from functools import lru_cache

from . import names, words
from .scene import COLOURS, COUNTS, NOTHING, PLACES, SIZES, TIMES, WEATHERS
from .things import CATALOGUE

LEMMAS = "/usr/share/wordnet/index.noun"
ENDINGS = {"nominative": {"m": "er", "w": "er", "f": "e", "n": "es"}, "accusative": {"m": "en", "w": "en", "f": "e", "n": "es"},
           "dative": {"m": "en", "w": "en", "f": "en", "n": "en"}}
ARTICLES = {"nominative": {"m": "der", "w": "der", "f": "die", "n": "das"}, "accusative": {"m": "den", "w": "den", "f": "die", "n": "das"},
            "dative": {"m": "dem", "w": "dem", "f": "der", "n": "dem"}}
EIN = {"nominative": {"m": "ein", "w": "ein", "f": "eine", "n": "ein"}, "accusative": {"m": "einen", "w": "einen", "f": "eine", "n": "ein"},
       "dative": {"m": "einem", "w": "einem", "f": "einer", "n": "einem"}}


@lru_cache(maxsize=None)
def strangers():
    """Nouns that name nothing Pocket draws: the encoder must learn to pass over them."""
    stated = " ".join(p for table in (words.PLACES, words.TIMES, words.WEATHERS) for e, _, b in table.values() for p in e + b)
    known = names.all_words() | set(stated.lower().split()) | set(COLOURS)
    near = ("sun", "moon", "star", "rain", "snow", "fog", "mist", "night", "day", "morn", "even", "wood", "tree", "sea", "mount", "town", "city")
    try:
        with open(LEMMAS) as file:
            lemmas = [line.split(" ", 1)[0] for line in file if not line.startswith(" ")]
    except FileNotFoundError:
        lemmas = ["basket", "letter", "song", "stone", "question", "dream", "idea"]
    return [w for w in lemmas if w.isalpha() and 3 < len(w) < 10 and w not in known and not w.startswith(near)]


def english(pick, index, size=0, colour=0, count=0):
    thing, colour, dressed = CATALOGUE[index], COLOURS[colour], ""
    noun = names.english(pick, thing)
    adjectives = [pick.choice(words.SIZES[SIZES[size]][0])]
    if pick.random() < 0.12:
        adjectives.append(pick.choice(["old", "brave", "kind", "grey", "lost", "dear"]))
    if colour in words.COLOURS:
        said = pick.choice(words.COLOURS[colour][0])
        if thing.flags & {"child", "adult"}:
            dressed = f" in {'an' if said[0] in 'aeiou' else 'a'} {said} {pick.choice(words.CLOTHES)}"
        else:
            adjectives.append(said)
    if count:
        number = pick.choice(words.COUNTS[COUNTS[count]][0])
        phrase = " ".join(a for a in [number, *adjectives, noun.many] if a)
        return ("the " + phrase if number in ("two", "three") and pick.random() < 0.3 else phrase) + dressed
    phrase = " ".join(a for a in [*adjectives, noun.one] if a)
    which = pick.random()
    if which < 0.45:
        return "the " + phrase + dressed
    if which < 0.85:
        return ("an " if phrase[0] in "aeiou" else "a ") + phrase + dressed
    if which < 0.93:
        return pick.choice(["her ", "his ", "their ", "our ", "this ", "that ", "one ", "my "]) + phrase + dressed
    return f"{pick.choice(words.NAMES)} the {phrase}{dressed}" if which < 0.98 else phrase + dressed


def german(pick, index, size=0, colour=0, count=0, case="nominative"):
    thing, colour, dressed = CATALOGUE[index], COLOURS[colour], ""
    noun = names.german(pick, thing)
    stems = [a for a in [pick.choice(words.SIZES[SIZES[size]][1])] if a]
    if colour in words.COLOURS:
        stem = pick.choice(words.COLOURS[colour][1])
        if thing.flags & {"child", "adult"}:
            cloth, gender = pick.choice(words.GERMAN_CLOTHES)
            dressed = f" {'in' if gender == 'f' else 'im'} {'einer ' if gender == 'f' else ''}{stem}en {cloth}"
        else:
            stems.append(stem)
    if count:
        many = noun.many + ("n" if case == "dative" and noun.many[-1] not in "ns" else "")
        number = pick.choice(words.COUNTS[COUNTS[count]][1])
        ending = "en" if number == "beide" or case == "dative" else "e"
        return " ".join([number, *(s + ending for s in stems), many]) + dressed
    one = noun.one
    if noun.gender == "w" and case != "nominative":
        one = one + ("n" if one.endswith(("e", "r")) else "en")
    if pick.random() < 0.55:
        article = ARTICLES[case][noun.gender]
        ending = "en" if case == "dative" or article == "den" else "e"
    else:
        article, ending = EIN[case][noun.gender], ENDINGS[case][noun.gender]
    return " ".join([article, *(s + ending for s in stems), one]) + dressed


def pair(pick, scene, is_german):
    """(subject, predicate) of a scene with two things; the first stands left of the second."""
    def first(case="nominative"):
        if is_german:
            return german(pick, scene.first, scene.size, scene.colour, case=case)
        return english(pick, scene.first, scene.size, scene.colour)

    def second(case="nominative"):
        return german(pick, scene.second, case=case) if is_german else english(pick, scene.second)

    way = pick.random()
    if way < 0.34:
        joint, verbs = ("und", ["waren da", "gingen", "saßen", "warteten", "standen zusammen", "spielten"]) if is_german else \
            (pick.choice(["and", "and", "with"]), ["walked", "sat together", "waited", "were friends", "stood", "played", "slept", "looked at each other"])
        return f"{first()} {joint} {second()}", pick.choice(verbs)
    verb = pick.choice(["stand", "saß", "wartete", "lag", "war"] if is_german else ["stood", "sat", "waited", "was", "is", "slept", "rested", "stayed"])
    if way < 0.48:
        return first(), f"{verb} {pick.choice(words.GERMAN_LEFT_FIRST if is_german else words.LEFT_FIRST)} {second('dative')}"
    if way < 0.62:
        return second(), f"{verb} {pick.choice(words.GERMAN_RIGHT_FIRST if is_german else words.RIGHT_FIRST)} {first('dative')}"
    if way < 0.72:
        return first(), f"{verb} {pick.choice(words.GERMAN_NEAR if is_german else words.NEAR)} {second('dative')}"
    return first(), f"{pick.choice(words.GERMAN_MEETS if is_german else words.MEETS)} {second('accusative')}"


def action(pick, scene, is_german):
    """(subject, predicate) that names the scene's things, or neither."""
    if scene.first == NOTHING:
        return None
    if scene.second != NOTHING:
        return pair(pick, scene, is_german)
    subject = (german if is_german else english)(pick, scene.first, scene.size, scene.colour, scene.count)
    if pick.random() < 0.15:
        said = pick.choice(words.GERMAN_SAID if is_german else words.SAID)
        quote = pick.choice(words.GERMAN_SPEECHES if is_german else words.SPEECHES)
        if not is_german and pick.random() < 0.4:
            quote = pick.choice(["Do you know the ", "I saw a ", "This is my ", "There is no ", "Give me the "]) + pick.choice(strangers()) + pick.choice(",?!")
        more = "" if pick.random() < 0.6 else pick.choice([', "und das ist alles"', ', "und komm zurück"'] if is_german else
                                                          [', "but bring it back"', ', "and nothing else"', ', "for I am tired"', ', "if you can"'])
        return f'"{quote}" {said} {subject}{more}', ""
    if pick.random() < 0.14:
        # Somebody who isn't drawn, and what is drawn.
        who, does = (words.GERMAN_SOMEBODY, words.GERMAN_DOES) if is_german else (words.SOMEBODY, words.DOES)
        if is_german:
            subject = german(pick, scene.first, scene.size, scene.colour, scene.count, case="accusative")
        return f"{pick.choice(who)} {pick.choice(does)} {subject}", ""
    if scene.count and is_german:
        return subject, pick.choice(words.GERMAN_MANY)
    plain, doing = (words.GERMAN_VERBS, words.GERMAN_DOING) if is_german else (words.VERBS, words.DOING)
    if scene.count:
        plain = words.MANY
    if pick.random() < 0.68:
        return subject, pick.choice(plain)
    if pick.random() < 0.5:
        return subject, pick.choice(doing)
    stranger = pick.choice(strangers())
    return subject, (f"sah {stranger.capitalize()}" if is_german else pick.choice(["saw some ", "spoke of the ", "had a ", "thought of a ", "wanted "]) + stranger)


def stated(pick, scene):
    """{slot: is it said?}; what is a default may stay unsaid."""
    return {"place": scene.place != 0 or pick.random() < 0.5, "time": scene.time != 0 or pick.random() < 0.4,
            "weather": scene.weather != 0 or pick.random() < 0.08}


def padding(pick, is_german):
    """A clause that adds nothing to the picture."""
    if is_german:
        return pick.choice(["und niemand wusste warum", "denn der Weg war weit", "wie an jedem anderen Tag", "und alles war gut", "ohne ein Wort zu sagen"])
    stranger = pick.choice(strangers())
    return pick.choice(["for the road was long", "and nobody knew why", "as always", "once again", "for the first time", "without saying a word",
                        "because that was how it had always been", "and it felt like the beginning of something new", f"and thought about the {stranger}",
                        f"while someone far away spoke of {stranger}", "although everyone had said that it could not be done",
                        "which is what the others remembered for a very long time", f"with a little {stranger} that nobody needed"])


def caption(pick, scene, german_share=0.3):
    is_german = pick.random() < german_share
    said = stated(pick, scene)
    tables = {"place": (words.PLACES, PLACES[scene.place]), "time": (words.TIMES, TIMES[scene.time]),
              "weather": (words.WEATHERS, WEATHERS[scene.weather])}
    # Each stated slot goes inside the sentence, into a clause of its own, or into context after it.
    inside, before, after = [], [], []
    for slot, (table, answer) in tables.items():
        if not said[slot]:
            continue
        phrases, bare = table[answer][1 if is_german else 0], table[answer][2]
        way = pick.random()
        if (slot, answer) in words.CLAUSES and way < 0.2:
            before.append(pick.choice(words.CLAUSES[slot, answer]))
        elif way < 0.72:
            inside.append(pick.choice(phrases))
        else:
            after.append(pick.choice(bare) if pick.random() < 0.7 else pick.choice(phrases))
    pick.shuffle(inside)
    told = action(pick, scene, is_german)
    if told is None:
        if pick.random() < 0.3:
            sentence = " ".join(inside) or pick.choice(words.NOBODY)
        else:
            sentence = " ".join([pick.choice(words.NOBODY)] + inside)
        if pick.random() < 0.2:
            sentence += f" and the {pick.choice(strangers())} was gone"
    else:
        subject, predicate = told
        # A pair may be told in the verb phrase ("met an owl"): then the verb must be said.
        way = pick.random() if scene.second == NOTHING else pick.uniform(0.1, 1.2)
        if way < 0.1 or not predicate:
            sentence = " ".join([subject] + inside)
        elif way < 0.35 and inside:
            comma = "" if is_german else ","
            sentence = " ".join([inside[0] + comma, *((predicate, subject) if is_german and " " not in predicate else (subject, predicate)), *inside[1:]])
        elif way < 0.45 and not is_german and (scene.second == NOTHING or " and " in subject or " with " in subject):
            sentence = " ".join([pick.choice(["there was", "there lived", "here is", "once there was", "I saw", "look at", "everyone loved"]), subject] + inside)
        else:
            sentence = " ".join([subject, predicate] + inside)
    parts = before + [sentence]
    if before and pick.random() < 0.4:
        parts.reverse()
    joint = pick.choice([". ", ", and ", ", "])
    text = joint.join(parts) if len(parts) > 1 else parts[0]
    if told is not None and not before and pick.random() < 0.05:
        text = pick.choice(["a {} had gone, and ", "the {} was gone, but ", "there was no {}, and "]).format(pick.choice(strangers())) + text
    if pick.random() < 0.12:
        text = pick.choice(["Then ", "But ", "And so ", "Suddenly, ", "Once upon a time, ", "Dann: ", "\"", "So "]) + text
    if not after and pick.random() < 0.16:
        # Now and then a long sentence of up to 60 words.
        for _ in range(pick.choice([1, 1, 1, 2, 4])):
            text += pick.choice([", ", ", ", " "]) + padding(pick, is_german)
    text = text[0].upper() + text[1:] + pick.choice([".", ".", ".", "", "!", "?"])
    if after:
        pick.shuffle(after)
        text = pick.choice([text, text.rstrip(".!?")]) + ", " + ", ".join(after)
    if pick.random() < 0.25:
        text = text + ", " + ", ".join(pick.sample(words.STYLES, pick.choice([1, 1, 2])))
    return text
