"""The catalogue: what can stand in a picture, how it looks and what it is called (things.tsv)."""
import csv
from dataclasses import dataclass
from pathlib import Path

# German gender w is a masculine noun that takes -n or -en in every case but the nominative.
GENDERS = "mfnw"


@dataclass(frozen=True)
class Noun:
    one: str
    many: str
    gender: str = ""


@dataclass(frozen=True)
class Thing:
    """One row. `scale` is the height beside a fox's, so that an elephant is not a mouse."""
    name: str
    glyph: str
    scale: float
    flags: frozenset
    english: tuple
    german: tuple


def plural(noun):
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def english(text):
    one, _, many = text.partition("/")
    return Noun(one, many or plural(one))


def german(text):
    one, gender, many = text.split(" ")
    assert gender in GENDERS, text
    return Noun(one, many, gender)


def load(path=Path(__file__).with_name("things.tsv")):
    with open(path, newline="") as file:
        return [Thing(row["name"], row["glyph"], float(row["scale"]), frozenset(row["flags"].split()),
                      tuple(english(n) for n in row["english"].split(", ")),
                      tuple(german(n) for n in row["german"].split(", ")))
                for row in csv.DictReader(file, delimiter="\t")]


CATALOGUE = load()
