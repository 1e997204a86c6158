#!/usr/bin/env python3
"""Compares every role date in gazetteer/people.tsv with office-holder lists; prints the disagreement rate, and marks the dates.

    check_people.py REFERENCE                    the rates by source, before any correction
    check_people.py REFERENCE --list             also every date that differs by more than a week
    check_people.py REFERENCE --mark             rewrites people.tsv: adopts, marks, names the source

REFERENCE is a folder with `countries-factbook.tsv` (the fields "chief of state" and "head of government" of a world factbook,
"(since 7 May 2012)"), `offices/XXX.csv` (position, person, personID, start, end; one file a country, days) and
`offices/leaders-2021.csv` (the same for all countries, years only). No line of it is copied: a date of ours is confirmed,
corrected, or stays unconfirmed.

The rules, in this order, for each date of each role:
1. A list that gives days decides: equal, or equal as far as the coarser of the two goes: checked (a coarse date of ours is
   refined). Off by a week or less (appointed, sworn in): the list's day is adopted. Off by more: ours stays, marked `?`.
2. An end that no list gives is checked when a list lets the next holder begin on that day or the day after.
3. A list that gives years checks years: where they agree, the year alone is kept and the day given up.
4. A list says when a re-elected holder's latest term began; that contradicts no earlier start, and confirms only the open end.
5. Everything else gets `?`. Marks are worked out afresh on every run.
"""
import argparse, collections, csv, datetime, difflib, html, pathlib, re, sys, unicodedata

GAZETTEER = pathlib.Path(__file__).resolve().parent.parent
SOURCES = ("factbook", "offices", "leaders")
WEEK = 7

Holding = collections.namedtuple("Holding", "source country title of name wikidata start end")

# Positions of the lists by country, as our titles; `of` is filled where the body is not the state itself.
POSITIONS = [
    (r"president", "president", ""),
    (r"vice[- ]president", "vice president", ""),
    (r"prime minister|premier of the state council", "prime minister", ""),
    (r"first lady|monarch", None, ""),
    (r"emperor", "emperor", ""),
    (r"(minister of foreign affairs|minister for foreign affairs|minister of external affairs|foreign minister"
     r"|secretary of state for foreign.*)", "foreign minister", ""),
    (r"(minister of defence|minister of national defence|secretary of state for defence|secretary of defence)", "defence minister", ""),
    (r"(minister of finance|secretary of the treasury|chancellor of the exchequer|minister of the economy.*)", "finance minister", ""),
    (r"(minister of the interior|minister of internal affairs|minister of interior affairs|minister of home affairs"
     r"|secretary of state for the home department)", "interior minister", ""),
    (r"(minister of justice|attorney general)", "justice minister", ""),
    (r"secretary of state", "secretary of state", ""),
    (r"director of the cia", "director", "org:cia"),
    (r"national security advis[eo]r", "national security adviser", ""),
    (r"white house press secretary", "spokesperson", "org:white-house"),
    (r"(white house chief of staff|head of the office of the president|chief of staff of the presidential executive office)",
     "chief of staff", ""),
    (r"(spokesperson for the united states department of state|spokesperson of the department of state)", "spokesperson",
     "org:state-department"),
    (r"(ambassador|permanent representative) to the united nations", "ambassador", "org:united-nations"),
    (r"(chairman of the joint chiefs of staff|chief of the general staff|chief of the defence staff)", "chief of general staff", ""),
    (r"(governor of the (national bank|bank of japan|people's bank|bank of russia|reserve bank)|chair of the federal reserve"
     r"|governor of the bank of england)", "central bank governor", ""),
    (r"general secretary of the chinese communist party", "general secretary", "org:communist-party-china"),
    (r"chairman of the state duma", "speaker", "org:state-duma"),
    (r"chairman of the federation council", "speaker", "org:federation-council"),
    (r"chairman of the verkhovna rada", "speaker", "org:verkhovna-rada"),
    (r"speaker of the house of representatives", "speaker", "org:us-house"),
    (r"speaker of the house of commons", "speaker", "org:house-of-commons"),
    (r"secretary of the national security and defense council|secretary of the security council", "security council secretary", ""),
    (r"head of the chechen republic", "leader", "place:chechnya"),
    (r"deputy minister of foreign affairs", "deputy foreign minister", ""),
    (r"deputy prime minister|first deputy prime minister|vice premier of the state council", "deputy prime minister", ""),
    (r"chief cabinet secretary", "chief cabinet secretary", ""),
    (r"mayor of london", "mayor", "place:london"),
    (r"prosecutor[- ]general", "prosecutor", ""),
]

# Words of a factbook line, most special first, as our titles.
FACTBOOK_TITLES = [
    ("vice president", ["vice president"]), ("president of the government of spain", ["prime minister"]),
    ("president of council of ministers", ["prime minister"]), ("presidential leadership council", ["chair"]),
    ("sovereign council", ["chair"]), ("state affairs commission", ["leader"]), ("supreme people's assembly", ["chair"]),
    ("chairman of the cabinet", ["prime minister"]), ("chairperson of the council of ministers", ["prime minister"]),
    ("chief executive", ["chief executive"]), ("supreme leader", ["supreme leader"]), ("taliban leader", ["supreme leader", "leader"]),
    ("minister of state", ["minister of state"]), ("prime minister", ["prime minister"]), ("premier", ["prime minister"]),
    ("chancellor", ["chancellor"]), ("president", ["president"]), ("sultan and", ["sultan"]), ("king", ["king"]),
    ("emperor", ["emperor"]), ("amir", ["emir"]), ("pope", ["pope"]), ("grand duke", ["grand duke"]), ("prince", ["prince"]),
    ("tuimaleali", ["president"]), ("lecornu", ["prime minister"]),
]

LEADER_TITLES = [
    (r"vice president", "vice president"), (r"prime minister|premier|taoiseach|chief minister|president of the government", "prime minister"),
    (r"president", "president"), (r"federal chancellor|chancellor", "chancellor"), (r"emperor", "emperor"), (r"sultan", "sultan"),
    (r"emir", "emir"), (r"pope", "pope"), (r"supreme leader", "supreme leader"), (r"king|monarch|druk gyalpo|ngwenyama|agong", "king"),
]

SHARED_TITLES = {"deputy prime minister", "deputy foreign minister", "ambassador", "special envoy", "adviser", "spokesperson"}

FACTBOOK_NAMES = {
    "DRC": "COD", "Congo (Brazzaville)": "COG", "Burma": "MMR", "The Gambia": "GMB", "The Bahamas": "BHS", "The Dominican": "DOM",
    "Holy See (Vatican City)": "VAT", "Turkey": "TUR", "Cabo Verde": "CPV", "Eswatini": "SWZ", "Central African Republic": "CAF",
    "Federated States of Micronesia": "FSM", "United Arab Emirates": "ARE", "Czechia": "CZE", "Timor-Leste": "TLS",
    "Hong Kong": "HKG", "Macau": "MAC", "Sao Tome and Principe": "STP",
}


def fold(text):
    text = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("đ", "dj"))
    return "".join(c for c in text if not unicodedata.combining(c)).lower()


PARTICLES = set("al el bin ibn de da do dos la le van von der jr sir dr gen col the of king queen emperor prince president "
                "prime minister premier abd and shaykh sheikh ould interim acting transition".split())


def tokens(name):
    return [t for t in re.split(r"[^a-z]+", fold(name).replace("'", "")) if len(t) > 1 and t not in PARTICLES]


def alike(a, b):
    return a == b or (min(len(a), len(b)) >= 4 and difflib.SequenceMatcher(None, a, b).ratio() >= 0.75)


def same_person(ours, theirs):
    """Two parts of the name agree, or all parts of the shorter one do; spellings may differ."""
    for name in ours:
        left, right = tokens(name), tokens(theirs)
        hits = sum(any(alike(a, b) for b in right) for a in left)
        if left and right and hits >= min(2, len(left), len(right)):
            return True
    return False


def iso_date(text):
    """'7 May 2012', 'April 2018', '1997' as a date as precise as it is."""
    text = re.sub(r"\b(Sep|Oct|Nov|Dec|Jan|Feb|Mar|Apr|Jun|Jul|Aug)\b", lambda m: m.group(), text.strip())
    for pattern, shape in (("%d %B %Y", "%Y-%m-%d"), ("%d %b %Y", "%Y-%m-%d"), ("%B %Y", "%Y-%m"), ("%Y", "%Y")):
        try:
            return datetime.datetime.strptime(text, pattern).strftime(shape)
        except ValueError:
            pass
    return ""


def tables(folder):
    for path in sorted(folder.glob("*.tsv")):
        lines = [l.rstrip("\n") for l in path.open(encoding="utf-8") if l.strip() and not l.startswith("#")]
        header = lines[0].split("\t")
        for line in lines[1:]:
            yield path.name, dict(zip(header, line.split("\t")))


def country_codes():
    codes = dict(FACTBOOK_NAMES)
    for file, row in tables(GAZETTEER):
        if file == "states.tsv":
            for alias in [row["name"], *re.split(r"; ", row.get("aliases", ""))]:
                text, kind = (alias.split("|") + [""])[:2]
                if kind in ("", "name", "short", "former"):
                    codes.setdefault(text, row["id"].removeprefix("state:"))
    return codes


def read_factbook(folder, codes):
    with (folder / "countries-factbook.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            country = codes.get(row["country"]) or codes.get(row["long_form"])
            for field in ("chief_of_state", "head_of_government"):
                text = html.unescape(row[field] or "").split("represented by")[0]
                for who, since in re.findall(r"([^();]+?)\s*\((?:[^()]*?since )?([^;,()]*\d{4})[^()]*\)", text):
                    titles = next((t for words, t in FACTBOOK_TITLES if words in fold(who)), [])
                    start = iso_date(since)
                    if country and start:
                        for title in titles:
                            yield Holding("factbook", country, title, "", who, "", start, "")


def read_offices(folder):
    for path in sorted(folder.glob("offices/???.csv")):
        held = []
        with path.open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                position = fold(row["position"])
                for pattern, title, of in POSITIONS:
                    if title and re.fullmatch(pattern, position) and row["start"]:
                        held.append(Holding("offices", path.stem, title, of, row["person"], row["personID"], row["start"], row["end"]))
                        break
        yield from unbroken(held)


def unbroken(held):
    """A reshuffle or a second term that follows at once goes on with the first."""
    last = {}
    for h in sorted(held, key=lambda h: h.start):
        key = (h.title, h.of, h.wikidata)
        before = last.get(key)
        if before and before.end and abs(days(before.end, h.start) or 0) <= 2 and len(before.end) == len(h.start) == 10:
            last[key] = before._replace(end=h.end)
        else:
            if before:
                yield before
            last[key] = h
    yield from last.values()


def read_leaders(folder, codes):
    with (folder / "offices" / "leaders-2021.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            title = next((t for p, t in LEADER_TITLES if re.match(p, fold(row["positionLabel"]))), None)
            country = codes.get(row["country"])
            if title and country and row["start_year"]:
                yield Holding("leaders", country, title, "", row["officeholderLabel"], row["officeholder"], row["start_year"][:4],
                              row["end_year"][:4])


def days(a, b):
    """From a to b, as far as the coarser of the two goes."""
    width = min(len(a), len(b))
    if a[:width] == b[:width]:
        return 0
    whole = [datetime.date.fromisoformat((d + "-01-01")[:10]) for d in (a[:width], b[:width])]
    return (whole[1] - whole[0]).days


class Role:
    def __init__(self, text, person):
        match = re.match(r"(.*) of (\S+)(?: (\S*)\.\.(\S*))?((?: @\S+)*)$", text)
        if not match:
            sys.exit(f"people.tsv: {person['id']}: role {text!r}, expected \"title of ID start..end @source\"")
        self.title, self.of, start, end = match.groups()[:4]
        self.dated = start is not None
        self.start, self.end = ((d or "").rstrip("?") for d in (start, end))
        self.person, self.sources, self.checked = person, set(), {"start": False, "end": False}

    def __str__(self):
        if not self.dated or not (self.start or self.end):
            return f"{self.title} of {self.of}"
        mark = lambda which, date: date + ("" if self.checked[which] or (which == "start" and not date) else "?")
        dates = f"{mark('start', self.start)}..{mark('end', self.end)}"
        return f"{self.title} of {self.of} {dates}" + "".join(f" @{s}" for s in sorted(self.sources))


def office(role, country_of):
    country = role.of.removeprefix("state:") if role.of.startswith("state:") else country_of.get(role.of, "")
    return country


def candidates(role, holdings, country_of):
    own_state = role.of.startswith("state:")
    country = office(role, country_of)
    if role.title == "ambassador":
        country = role.person["country"]
    if role.of.startswith("place:") and role.title == "chief executive":
        country = role.person["country"]
    for h in holdings.get((country, role.title), ()):
        if h.of == role.of or (not h.of and (own_state or h.source == "factbook" and role.title in ("chair", "chief executive"))):
            yield h


def names(person):
    return [person["name"]] + [a.split("|")[0] for a in person["aliases"].split("; ") if "|surname" not in a and "|acronym" not in a]


def is_holder(person, h):
    if person["wikidata"] and h.wikidata:
        return person["wikidata"] == h.wikidata
    return same_person(names(person), h.name)


def matches(people, holdings, country_of):
    """Each holding of a list with the one role of ours that is nearest to it among those it may mean."""
    roles = [(person, role) for person in people for role in person["parsed"]]
    offices, found = collections.defaultdict(list), collections.defaultdict(dict)
    for person, role in roles:
        for h in candidates(role, holdings, country_of):
            offices[h].append((person, role))
    for h, claims in offices.items():
        mine = [(person, role) for person, role in claims if is_holder(person, h)]
        if mine:
            _, role = min(mine, key=lambda m: abs(days(m[1].start, h.start)) if m[1].start else 10**6)
            before = found[id(role)].get(h.source)
            if before is None or not role.start or abs(days(role.start, h.start)) < abs(days(role.start, before.start)):
                found[id(role)][h.source] = h
    return found


def check(role, h, tally, report):
    """Compares one role with the list's account of it; says which of its dates the list settles."""
    if not role.dated or not (role.start or role.end):
        role.dated = True
        tally[h.source]["dates of ours to be had"] += 1
        settle(role, "start", h.start, h.source)
        settle(role, "end", h.end, h.source)
        return
    later = role.start and days(role.start, h.start) > 300
    if later and (not role.end or days(h.start, role.end) >= 0):
        tally[h.source]["later term of one holder"] += 1
    elif role.start and abs(days(role.start, h.start)) > 3000:
        return
    elif role.start:
        compare(role, "start", h.start, h.source, tally, report)
    if not role.end and not h.end:
        settle(role, "end", "", h.source)
    elif h.end:
        compare(role, "end", h.end, h.source, tally, report)


def check_end(role, held, tally):
    """An end is where the next holder begins."""
    for h in held:
        begins = len(h.start) == len(role.end) == 10 and 0 <= days(role.end, h.start) <= 1
        if begins and not role.checked["end"] and not is_holder(role.person, h):
            tally[h.source]["agreed, by the next holder's start"] += 1
            settle(role, "end", role.end, h.source)


def compare(role, which, theirs, source, tally, report):
    ours = getattr(role, which)
    if role.checked[which]:
        return
    tally[source]["compared"] += 1
    gap = days(ours, theirs) if ours else 10**6
    if gap == 0:
        tally[source]["agreed"] += 1
        settle(role, which, theirs if len(theirs) > len(ours) or len(theirs) == 4 else ours, source)
    elif abs(gap) <= WEEK:
        tally[source]["off by a week or less"] += 1
        report.append((source, "<=7", role, which, ours, theirs))
        settle(role, which, theirs, source)
    else:
        tally[source]["off by more"] += 1
        report.append((source, ">7", role, which, ours or "open", theirs))


def settle(role, which, date, source):
    if not role.checked[which]:
        setattr(role, which, date)
        role.checked[which] = True
        role.sources.add(source)


def run(people, holdings, country_of):
    tally = collections.defaultdict(collections.Counter)
    report, total = [], 0
    found = matches(people, holdings, country_of)
    for person in people:
        for role in person["parsed"]:
            total += bool(role.start) + bool(role.end)
            mine = found.get(id(role), {})
            for source in SOURCES:
                if source in mine:
                    check(role, mine[source], tally, report)
                    person["wikidata"] = person["wikidata"] or mine[source].wikidata
                if role.end and not role.checked["end"] and role.title not in SHARED_TITLES:
                    check_end(role, [h for h in candidates(role, holdings, country_of) if h.source == source], tally)
    return tally, report, total


def load(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    header, people = None, []
    for number, line in enumerate(lines):
        if line.startswith("#") or not line.strip():
            continue
        if header is None:
            header = line.split("\t")
            continue
        person = dict(zip(header, line.split("\t") + [""] * len(header)))
        person["line"] = number
        person["parsed"] = [Role(r, person) for r in person["roles"].split("; ") if r.strip()]
        people.append(person)
    return lines, header, people


def show(tally, total, people):
    columns = ["compared", "agreed", "off by a week or less", "off by more", "agreed, by the next holder's start", "later term of one holder", "dates of ours to be had"]
    print("| source | " + " | ".join(columns) + " | disagreement |\n|" + "---|" * (len(columns) + 2))
    for source in SOURCES:
        t = tally[source]
        rate = 100 * (t["off by a week or less"] + t["off by more"]) / max(1, t["compared"])
        more = 100 * t["off by more"] / max(1, t["compared"])
        print(f"| `@{source}` | " + " | ".join(str(t[c]) for c in columns) + f" | {rate:.1f} % ({more:.1f} % by more than a week) |")
    settled = sum(bool(getattr(r, w)) and r.checked[w] for p in people for r in p["parsed"] for w in ("start", "end"))
    print(f"\n{total} dates written, {settled} checked, {total - settled} in no list or in dispute.")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("reference", type=pathlib.Path)
    options.add_argument("--people", type=pathlib.Path, default=GAZETTEER / "people.tsv")
    options.add_argument("--list", action="store_true")
    options.add_argument("--mark", action="store_true")
    args = options.parse_args()
    codes = country_codes()
    holdings = collections.defaultdict(list)
    for h in [*read_factbook(args.reference, codes), *read_offices(args.reference), *read_leaders(args.reference, codes)]:
        holdings[h.country, h.title].append(h)
    country_of = {row["id"]: row.get("country", "") for _, row in tables(GAZETTEER) if "id" in row and row.get("id")}
    lines, header, people = load(args.people)
    tally, report, total = run(people, holdings, country_of)
    show(tally, total, people)
    if args.list:
        for source, size, role, which, ours, theirs in report:
            print(f"{size}\t@{source}\t{role.person['id']}\t{role.title} of {role.of}\t{which}\tours {ours}\ttheirs {theirs}")
    if args.mark:
        for person in people:
            person["roles"] = "; ".join(map(str, person["parsed"]))
            lines[person["line"]] = "\t".join(person[c] for c in header)
        args.people.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
