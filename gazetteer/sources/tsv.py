"""Gazetteer files in, rows as dictionaries out, and back; letters without their accents."""

import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

HEADER = "<the header line>"
GAZETTEER = Path(__file__).resolve().parent.parent
SPECIAL = str.maketrans({
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ß": "ss", "ı": "i",
    "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ə": "a", "Ə": "A", "ħ": "h", "Ħ": "H", "ŋ": "n", "Ŋ": "N", "ƙ": "k", "ɗ": "d",
    "ɓ": "b", "ŧ": "t", "’": "'", "‘": "'", "ʻ": "'", "ʿ": "'", "ʼ": "'", "ʾ": "'", "`": "'", "´": "'", "′": "'",
})


def deaccent(text: str) -> str:
    """Zaporizhzhia for Zaporizhzhi͡a, Lodz for Łódź: the form that English news prints."""
    split = unicodedata.normalize("NFKD", text.translate(SPECIAL))
    return "".join(c for c in split if not unicodedata.combining(c))


def fold(text: str) -> str:
    """Letters and digits alone: what two spellings of one name share."""
    return "".join(c for c in deaccent(text).casefold() if c.isalnum())


@dataclass
class Table:
    """A file with its comments where they stand; rows are column -> text."""
    path: Path
    columns: list[str]
    lines: list[str | dict] = field(default_factory=list)

    def rows(self):
        return (line for line in self.lines if isinstance(line, dict))


def read(path: Path) -> Table:
    table = Table(path, [])
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            table.lines.append(line)
        elif not table.columns:
            table.columns = line.split("\t")
            table.lines.append(HEADER)
        else:
            cells = line.split("\t")
            table.lines.append(dict(zip(table.columns, cells + [""] * (len(table.columns) - len(cells)))))
    return table


def write(table: Table) -> None:
    out = []
    for line in table.lines:
        cells = [line.get(c, "") for c in table.columns] if isinstance(line, dict) else None
        out.append("\t".join(cells).rstrip("\t") if cells else "\t".join(table.columns) if line is HEADER else line)
    table.path.write_text("\n".join(out) + "\n", encoding="utf-8")


def names(row: dict) -> list[tuple[str, str, str]]:
    """(text, kind, flags) of the name and every alias of a row; a repeated name gives the name its flags."""
    listed = []
    for cell in filter(None, (a.strip() for a in row.get("aliases", "").split(";"))):
        parts = (cell.split("|") + ["", ""])[:3]
        listed.append((parts[0].strip(), parts[1].strip() or "name", parts[2].strip()))
    if row["name"] not in {text for text, _, _ in listed}:
        listed.insert(0, (row["name"], "name", ""))
    return listed
