"""Alternate names as the source lists them in, those that English news may print out; what fell to which rule is counted."""

import re
from collections import Counter
from difflib import SequenceMatcher

from geonames import Place
from sounds import similar
from tsv import deaccent, fold

LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ' .\-]+$")
# Arabic, Hebrew and Turkic scripts write a glottal stop that English keeps as an apostrophe or drops.
APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʻʿʼʾ`´′", "'"))
# Cyrillic letters that slipped into names in Latin ones.
LOOKALIKES = str.maketrans("АВЕКМНОРСТХаеорсух", "ABEKMHOPCTXaeopcyx")
ARTICLE = re.compile(r"(?:A[lnrstzd]|As[hs]?|El)[- ](?=[A-Z])")
ARABIC = set("DZA BHR EGY IRQ JOR KWT LBN LBY MRT MAR OMN PSE QAT SAU SDN SYR TUN ARE YEM ESH".split())
CYRILLIC = set("RUS UKR BLR KAZ KGZ BGR SRB MKD TJK UZB TKM MNG MDA".split())
# Continents where Latin script is at home: another spelling of a name there is another language's, not news English.
AT_HOME = {"EU", "NA", "SA", "OC"}
NOT_AT_HOME = CYRILLIC | {"GRC", "CYP", "XKX", "ALB", "ARM", "GEO"}
MOST_SPELLINGS = 12
ENDINGS = set("a e i o u y as os us es is ai ei om um em am ov ow ova on en an ae ia io j".split())
# Dots, macrons and hooks here are scholars' transliteration; English prints none.
TRANSLITERATED = ARABIC | set("IND NPL PAK BGD LKA IRN AFG JPN ISR BTN MMR KHM THA LAO ETH ERI DJI SOM TKM UZB KAZ KGZ TJK".split())
# Words inside a place name that are written small.
PARTICLES = set(
    "de del la el las los le les du des da do dos das di della delle dei degli al an am im in of and the upon on under by bei der den dem "
    "die das ob nad pod pri e y i en et sur sous lez lès aan op ter ten zu zum zur vom von van d' l' bin ibn na".split()
)
# Words of other languages that say "town of", "city", "district" around a name.
JUNK = set(
    "Dakbayan Dakbajan Bandaraya Lungsod Munisipyo Municipio Municipalidad Kota Kabupaten Comune Commune Gorod Misto Selo Horad Mesto Miasto Gmina "
    "Urbo Grad Shi Xian Qu Zhen Shahr Shahri Sehri Şəhəri Stad Stadt Ville Cidade Citta Città Oras Orasul Oraşul Qytet Baladiyat Baladiyyat Wilayat "
    "Muhafazat Posyolok Poselok Rayon Raion Aglomerat Si Gun Eup Myeon Thanh Thành Thi Thị Tp Xa Xã Pho Phố Huyen Huyện Quan Quận Amphoe Khet "
    "Cathair Contae Dinas Baile Urbs Civitas Pueblo Barrio Colonia Station Airport Railway Planum Township".split()
)
ROMAN = re.compile(r"[IVXLC]+$")
CALENDAR = set(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December"
    .split()
)


def english(text: str, country: str) -> str:
    """The name that a row shows: tidy, and without a scholar's dots."""
    text = tidy(re.sub(r"\s*[(,/].*", "", text), country)
    return deaccent(text) if country in TRANSLITERATED else text


def tidy(text: str, country: str) -> str:
    """Marks of transliteration off: Kazan' -> Kazan, Kharkivs'ka -> Kharkivska, double blanks."""
    text = " ".join(text.translate(APOSTROPHES).split())
    if re.search("[A-Za-z]", text):
        text = text.translate(LOOKALIKES)
    # No name matches across a comma: another script behind it goes, a second name stands in brackets.
    text = re.sub(r",\s*([^,]+)$", lambda m: f" ({m[1]})" if LATIN.match(m[1]) else "", text)
    if country in CYRILLIC:
        text = re.sub(r"'(?![aeiouyAEIOUY])", "", text)
    return text.strip("'-. ")


def foreign_letters(places: list[Place]) -> dict[str, set[str]]:
    """By country the accented letters that its own names use; others come from exonyms of other languages."""
    seen: dict[str, Counter] = {}
    size = Counter(p.country for p in places)
    for p in places:
        seen.setdefault(p.country, Counter()).update({c for c in p.name.casefold() if not c.isascii()})
    return {c: {letter for letter, n in table.items() if n >= max(2, size[c] // 200)} for c, table in seen.items()}


def fault(text: str, place: Place, own_letters: set[str], foreign: set[str]) -> str | None:
    """The rule that an alternate name breaks, by its letters alone."""
    if not LATIN.match(text):
        return "other script or marks"
    if not re.match(r"(?:al|el|ad|an|ar|as|ash|at|az)-[A-ZÀ-Þ]|[A-ZÀ-ÞĀ-Ž]|[Ạ-Ỹ]", text) or text[0].islower() and place.country not in ARABIC:
        return "no capital"
    if len(text) < 4:
        return "too short"
    if text.isupper() or re.search(r"[A-Z]{2}", text):
        return "code in capitals"
    if "." in text.replace("St.", "") or len(text) > 40:
        return "abbreviation or description"
    words = text.replace("-", " ").split()
    small = [w for w in words[1:] if w[0].islower() and w.rstrip("'") not in PARTICLES and not re.match(r"[dl]'[A-Z]", w)]
    if small or len(words) > 5:
        return "words of another language"
    if any(w in JUNK for w in words) and not any(w in JUNK for w in place.name.split()):
        return "words of another language"
    if {c for c in text.casefold() if not c.isascii()} - own_letters or text in foreign:
        return "letters of another language"
    return None


def forms(text: str, country: str) -> list[str]:
    """The spellings of one name that news prints: without accents, without a glottal stop, with al- in small letters."""
    out = [deaccent(text)] if country in TRANSLITERATED else [text, deaccent(text)]
    if country in ARABIC | {"ISR"} and (article := ARTICLE.match(out[0])):
        # English prints the article as it is written, not as it sounds: Al-Salt, never As Salt.
        out = [prefix + out[0][article.end():] for prefix in ("Al-", "al-")]
    if country in ARABIC | CYRILLIC | {"ISR", "IRN"}:
        out += [form.replace("'", "") for form in out if re.search(r"[a-z]{2}'[a-z]", form)]
    return list(dict.fromkeys(out))


def clean(place: Place, own_letters: set[str], at_home: bool, dropped: Counter) -> list[str]:
    """The place's names, its own first; every alternate that a rule refuses is counted under that rule."""
    own = english(place.name, place.country)
    kept = dict.fromkeys(forms(own, place.country))
    raw = [tidy(a, place.country) for a in place.raw]
    foreign = {deaccent(a) for a in raw if {c for c in a.casefold() if not c.isascii()} - own_letters} - {deaccent(own)}
    further = []
    for text in sorted(set(raw) - {own}):
        rule = fault(text, place, own_letters, foreign) or unlike(text, own, at_home)
        if rule:
            dropped[rule] += 1
        else:
            further.append((-SequenceMatcher(None, fold(text), fold(own), autojunk=False).ratio(), text))
    further.sort()
    for _, text in further[:MOST_SPELLINGS]:
        kept.update(dict.fromkeys(forms(text, place.country)))
    dropped["beyond the twelve likest spellings"] += len(further[MOST_SPELLINGS:])
    return list(kept)


def unlike(text: str, own: str, at_home: bool) -> str | None:
    """Neither another spelling of the name nor the name with words around it (Gaza City)."""
    theirs, ours = set(fold(w) for w in text.split()), set(fold(w) for w in own.split())
    if fold(text) == fold(own) or ours <= theirs:
        return None
    if umlauts(text) == umlauts(own):
        return None
    if inflected(text, own):
        return "case ending of another language"
    if at_home:
        return "another language's spelling"
    return None if similar(text, own) >= 0.72 else "no likeness to the name"


def inflected(text: str, own: str) -> bool:
    """Krasnodara, Eldoretas, Tripolis, Mumbajo: the name as another language declines it."""
    text, own = fold(text), fold(own)
    stems = (own, own[:-1]) if own[-1] in "aeiouy" else (own,)
    return any(text.startswith(stem) and text[len(stem):] in ENDINGS for stem in stems)


def umlauts(text: str) -> str:
    """Duesseldorf and Düsseldorf alike."""
    return fold(text.replace("ü", "ue").replace("ö", "oe").replace("ä", "ae").replace("Ö", "Oe").replace("Ü", "Ue"))
