#!/usr/bin/env python3
"""Invented lists in the layouts of GeoNames, Wikidata and CSV: generate.py FORMAT LINES > FILE. The same bytes on every run.

Names are made of syllables, with accents, other scripts, codes and everyday words among them, as the real lists have.
"""

import json
import sys

SYLLABLES = "ka lo mi ra ten sor va nu bel qui har dos pra el zin ör gué ska tov lan mer ith ".split()


class Dice:
    """A small generator of our own, so that no version of Python changes the bytes."""

    def __init__(self, seed):
        self.state = seed

    def roll(self, sides):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % sides


def name(dice):
    def word():
        return "".join(SYLLABLES[dice.roll(len(SYLLABLES))] for _ in range(2 + dice.roll(3))).capitalize()

    return " ".join(word() for _ in range(1 + dice.roll(3)))


def geonames(dice, number):
    own = name(dice)
    others = [name(dice) for _ in range(dice.roll(4))] + (["Квиллтон"] if dice.roll(3) == 0 else [])
    kind = [("P", "PPL"), ("P", "PPL"), ("A", "ADM2"), ("H", "STM"), ("S", "SCH")][dice.roll(5)]
    if number % 5000 == 0:
        kind = ("A", "ADM1")
    cells = [number + 20_000_000, own, own.encode("ascii", "ignore").decode(), ",".join(others)]
    cells += [f"{dice.roll(18000) / 100 - 90:.4f}", f"{dice.roll(36000) / 100 - 180:.4f}", *kind]
    cells += [["FR", "GB", "US", "RU", "CN"][dice.roll(5)], "", f"{dice.roll(20):02}", "", "", ""]
    cells += [dice.roll(50000), "", dice.roll(3000), "Europe/Paris", "2030-01-01"]
    return "\t".join(map(str, cells))


def names(dice, number):
    language = ["en", "en", "", "fr", "ru", "link", "abbr", "wkdt"][dice.roll(8)]
    text = {"wkdt": f"Q{number}", "link": "https://example.org/x", "abbr": "QRT"}.get(language, name(dice))
    place = 20_000_000 + dice.roll(LINES // 2 + 1)
    return "\t".join(map(str, [number, place, language, text, "1" if dice.roll(9) == 0 else "", "", "", "", "", ""]))


def wikidata(dice, number):
    def item(value):
        data = {"value": {"entity-type": "item", "id": value}, "type": "wikibase-entityid"}
        return {"mainsnak": {"snaktype": "value", "datavalue": data}, "type": "statement", "rank": "normal"}

    def words(text):
        return [{"language": "en", "value": text}]

    languages = ["en", "fr", "de", "ru", "uk", "ja", "sv", "es", "pt", "ar"]
    person = dice.roll(2) == 0
    claims = {"P31": [item("Q5" if person else "Q515")], "P27" if person else "P17": [item("Q142")]}
    claims |= {f"P{9000 + n}": [item("Q1")] for n in range(12)}
    if person:
        office = item("Q7330070")
        time = {"value": {"time": "+2012-05-07T00:00:00Z", "precision": 11}, "type": "time"}
        country = {"value": {"entity-type": "item", "id": "Q142"}, "type": "wikibase-entityid"}
        office["qualifiers"] = {
            "P580": [{"snaktype": "value", "datavalue": time}],
            "P642": [{"snaktype": "value", "datavalue": country}],
        }
        claims["P39"] = [office]
    own = name(dice)
    labels = {code: {"language": code, "value": own} for code in languages}
    found = {
        "type": "item", "id": f"Q{90_000_000 + number}", "labels": labels,
        "descriptions": {code: {"language": code, "value": "made up for a test"} for code in languages},
        "aliases": {"en": words(name(dice)) + words(name(dice)), "fr": [{"language": "fr", "value": name(dice)}]},
        "claims": claims,
        "sitelinks": {f"{code}wiki": {"site": f"{code}wiki", "title": own, "badges": []} for code in languages},
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def table(dice, number):
    if number == 0:
        return "id,Label,Kind,ISO,Also known as"
    others = "; ".join(name(dice) for _ in range(dice.roll(4)))
    return f'list:{number},{name(dice)},{["company", "person", "town"][dice.roll(3)]},FR,"{others}"'


FORMATS = {"geonames": geonames, "names": names, "wikidata": wikidata, "table": table}
LINES = int(sys.argv[2])

if __name__ == "__main__":
    dice = Dice(20_300_101)
    make = FORMATS[sys.argv[1]]
    with open(sys.stdout.fileno(), "w", encoding="utf-8", closefd=False) as out:
        for number in range(LINES):
            out.write(make(dice, number) + "\n")
