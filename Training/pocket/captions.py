"""Writes captions for scenes, as sentences of a story would say it."""
from functools import lru_cache

from . import words
from .scene import NOTHING, PLACES, SIZES, THINGS, TIMES, WEATHERS

LEMMAS = "/usr/share/wordnet/index.noun"


@lru_cache(maxsize=None)
def strangers():
    """Nouns that name nothing Pocket draws: the encoder must learn to pass over them."""
    known = {w for english, _ in words.NOUNS.values() for noun in english for w in noun.split()}
    stated = " ".join(p for table in (words.PLACES, words.TIMES, words.WEATHERS) for e, _, b in table.values() for p in e + b)
    known |= set(stated.lower().split())
    near = ("sun", "moon", "star", "rain", "snow", "fog", "mist", "night", "day", "morn", "even", "wood", "tree", "sea", "mount", "town", "city")
    try:
        with open(LEMMAS) as file:
            lemmas = [line.split(" ", 1)[0] for line in file if not line.startswith(" ")]
    except FileNotFoundError:
        lemmas = ["basket", "letter", "song", "key", "stone", "question", "dream", "idea"]
    return [w for w in lemmas if w.isalpha() and 3 < len(w) < 10 and w not in known and not w.startswith(near)]


def english(pick, thing, size):
    noun = pick.choice(words.NOUNS[THINGS[thing]][0])
    adjective = pick.choice(words.SIZES[SIZES[size]][0])
    if pick.random() < 0.12:
        adjective = (adjective + " " + pick.choice(["old", "brave", "kind", "grey", "lost", "dear"])).strip()
    phrase = f"{adjective} {noun}".strip()
    which = pick.random()
    if which < 0.45:
        return "the " + phrase
    if which < 0.85:
        return ("an " if phrase[0] in "aeiou" else "a ") + phrase
    if which < 0.93:
        return pick.choice(["her ", "his ", "their ", "our ", "this ", "that ", "one ", "my "]) + phrase
    return f"{pick.choice(words.NAMES)} the {phrase}" if which < 0.98 else phrase


def german(pick, thing, size, accusative=False):
    noun, gender = pick.choice(words.NOUNS[THINGS[thing]][1])
    adjective = pick.choice(words.SIZES[SIZES[size]][1])
    if pick.random() < 0.55:
        article = {"m": "den" if accusative else "der", "f": "die", "n": "das"}[gender]
        ending = "en" if accusative and gender == "m" else "e"
    else:
        article = {"m": "einen" if accusative else "ein", "f": "eine", "n": "ein"}[gender]
        ending = {"m": "en" if accusative else "er", "f": "e", "n": "es"}[gender]
    weak = noun in ("Hase", "Bär", "Drache", "Junge", "Prinz", "Elefant", "Welpe")
    if accusative and weak:
        noun += "n" if noun.endswith("e") else "en"
    return f"{article} {adjective + ending} {noun}" if adjective else f"{article} {noun}"


def action(pick, scene, is_german):
    """(subject, predicate) that names the scene's things, or neither."""
    if scene.first == NOTHING:
        return None
    noun = german if is_german else english
    first = noun(pick, scene.first, scene.size)
    if scene.second != NOTHING:
        second = (german(pick, scene.second, 0, accusative=True) if is_german else english(pick, scene.second, 0))
        if pick.random() < 0.4:
            if is_german:
                second = german(pick, scene.second, 0)
            return f"{first} {'und' if is_german else pick.choice(['and', 'and', 'with'])} {second}", \
                pick.choice(["waren da", "gingen", "saßen", "warteten"] if is_german else
                            ["walked", "sat together", "waited", "were friends", "stood", "played", "slept", "looked at each other"])
        return first, f"{pick.choice(words.GERMAN_MEETS if is_german else words.MEETS)} {second}"
    plain, doing = (words.GERMAN_VERBS, words.GERMAN_DOING) if is_german else (words.VERBS, words.DOING)
    if pick.random() < 0.68:
        return first, pick.choice(plain)
    if pick.random() < 0.5:
        return first, pick.choice(doing)
    stranger = pick.choice(strangers())
    return first, (f"sah {stranger.capitalize()}" if is_german else pick.choice(["saw some ", "spoke of the ", "had a ", "thought of a ", "wanted "]) + stranger)


def stated(pick, scene):
    """{slot: is it said?}; what is a default may stay unsaid."""
    return {"place": scene.place != 0 or pick.random() < 0.5, "time": scene.time != 0 or pick.random() < 0.4,
            "weather": scene.weather != 0 or pick.random() < 0.08}


def caption(pick, scene):
    is_german = pick.random() < 0.25
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
        if way < 0.1:
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
    if pick.random() < 0.12:
        text = pick.choice(["Then ", "But ", "And so ", "Suddenly, ", "Once upon a time, ", "Dann: ", "\"", "So "]) + text
    if pick.random() < 0.12 and not after:
        text += pick.choice([", for the road was long", ", and nobody knew why", " and was very happy", ", as always", ", said " + pick.choice(words.NAMES),
                             ", once again", " for the first time"])
    text = text[0].upper() + text[1:] + pick.choice([".", ".", ".", "", "!", "?"])
    if after:
        pick.shuffle(after)
        text = pick.choice([text, text.rstrip(".!?")]) + ", " + ", ".join(after)
    if pick.random() < 0.25:
        text = text + ", " + ", ".join(pick.sample(words.STYLES, pick.choice([1, 1, 2])))
    return text
