"""Keep the interface's catalogues: what ``make interface`` does (docs/interface.md).

Babel extracts the sentences of the code, the templates and the script; our own catalogues take them over as they take
over the units of a document; Simplified is converted from Traditional, with the terms beside this file. What nobody has
translated is counted and named: it is said in English until then.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from babel.messages.extract import extract

from l10n_flow import catalogue as po
from l10n_flow import files, interface
from l10n_flow.catalogue import Catalogue, Draft, Wanted
from l10n_flow.catalogue.edit import set_converted
from l10n_flow.dates import revision_date
from l10n_flow.inside import Inside
from l10n_flow.model import Key
from l10n_flow.project import OpenProject, load_project

SOURCES = Path(interface.__file__).parents[1]
CATALOGUE = "interface"
#: What Babel reads each kind of file with, and how a sentence is marked in it.
METHODS = {
    ".html": ("jinja2.ext:babel_extract", {"_": None}),
    ".js": ("javascript", {"_": None}),
    ".py": ("python", {"Message": None}),
}
#: A template that Babel cannot read is an error, not one without sentences.
_OPTIONS = {"silent": "false"}
TRADITIONAL, SIMPLIFIED = "zh_Hant", "zh_Hans"


def sentences(path: Path) -> Iterator[str]:
    """The sentences marked in one file, in order."""
    method, keywords = METHODS[path.suffix]
    with path.open("rb") as file:
        for _line, sentence, _comments, _context in extract(method, file, keywords=keywords, options=_OPTIONS):
            yield sentence if isinstance(sentence, str) else sentence[0]


def wanted() -> list[Wanted]:
    """Each sentence once, in the order of the files; its extracted comment names them."""
    found: dict[str, dict[str, None]] = {}
    for path in sorted(SOURCES.rglob("*")):
        if path.suffix in METHODS and not path.name.endswith(".min.js"):
            for sentence in sentences(path):
                found.setdefault(sentence, {})[path.relative_to(SOURCES).as_posix()] = None
    return [Wanted(Key(None, sentence), tuple(files)) for sentence, files in found.items()]


def template(units: list[Wanted]) -> Catalogue:
    return replace(po.new_catalogue("", "l10n-flow interface", ""), entries=po.empty_entries(units))


def merged(locale: str, units: list[Wanted]) -> Catalogue:
    old = po.read(Inside.at(path_of(locale)), locale) or po.new_catalogue(
        locale, "l10n-flow interface", revision_date()
    )
    return po.merge(old, units)[0]


def converted(traditional: Catalogue, units: list[Wanted]) -> Catalogue:
    """Simplified from Traditional; what a person has changed stays theirs."""
    project = load_project(Path(__file__).with_name("l10n-flow.toml"))
    converter = OpenProject(project).converter(project.locale(SIMPLIFIED))
    assert converter is not None
    draft = Draft(merged(SIMPLIFIED, units))
    for key, entry in list(draft.entries.items()):
        text = traditional.entries[key].msgstr
        if text and (not entry.msgstr or entry.is_machine):
            draft.entries[key] = set_converted(entry, converter.convert_block([text])[0], converter.name)
    return draft.done()


def path_of(locale: str) -> Path:
    return interface.LOCALES / locale / "LC_MESSAGES" / f"{CATALOGUE}.po"


def main() -> None:
    """Write the template and the catalogues, and tell how far they are."""
    units = wanted()
    made = catalogues(units)
    for path, each in ((interface.LOCALES / f"{CATALOGUE}.pot", template(units)), *made):
        files.write_if_changed(Inside.at(path), po.dumps(each).encode())  # without a journal: git has it
    for _, each in made:
        empty = [key.source for key, entry in each.entries.items() if not entry.msgstr]
        drafts = sum(entry.fuzzy for entry in each.entries.values())
        counts = f"{len(units)} sentences, {len(empty)} without a translation, {drafts} drafts"
        sys.stdout.write(f"{each.locale}: {counts}\n")
        sys.stdout.writelines(f"  not translated: {sentence}\n" for sentence in empty)


def catalogues(units: list[Wanted]) -> list[tuple[Path, Catalogue]]:
    """The catalogue of each language as it should be, and its file."""
    translated = {locale: merged(locale, units) for locale in interface.languages()[1:] if locale != SIMPLIFIED}
    translated[SIMPLIFIED] = converted(translated[TRADITIONAL], units)
    return [(path_of(locale), each) for locale, each in translated.items()]


if __name__ == "__main__":
    main()
