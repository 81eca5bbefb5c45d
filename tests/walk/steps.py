"""The steps of the walk: actions of writers, translators, reviewers and their programs on a project.

The programs are those of the tests: ``served`` sends requests to the review page as a browser does.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import polib

from l10n_flow import catalogue as po
from l10n_flow.catalogue import Entry
from l10n_flow.editing import Action
from l10n_flow.model import Key
from served import Served, path_of, serving
from walk import texts
from walk.invariants import Watch
from walk.room import entries_of
from walk.texts import Article

_NAMES = [*"abcdefg", "part/h"]


@dataclass
class Walk:
    """A walk and its present state.

    Attributes:
        articles: the text of each document, by the path of its file.
        kept: old versions of articles that were edited or deleted, which may return.
        opened: the opened pages of the review page: locale, document, and each unit with its version.
        served: the review page, after its first use.
        closing: the contexts that are closed at the end.
    """

    watch: Watch
    articles: dict[str, Article] = field(default_factory=dict)
    kept: list[tuple[str, Article]] = field(default_factory=list)
    opened: list[tuple[str, str, list[tuple[str, str]]]] = field(default_factory=list)
    served: Served | None = None
    closing: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self) -> None:
        self.room, self.random = self.watch.room, self.watch.random

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.close()

    # Writers -----------------------------------------------------------------------------------------------------

    def put(self, name: str, found: Article | None) -> None:
        path = self.room.root / "source" / name
        self.articles.pop(name, None)
        path.unlink(missing_ok=True)
        if found:
            self.articles[name] = found
            path.parent.mkdir(exist_ok=True)
            path.write_text(texts.rendered(found, markdown=name.endswith(".md")), encoding="utf-8")

    def free(self) -> str | None:
        used = {name.rpartition(".")[0] for name in self.articles}
        names = [name for name in _NAMES if name not in used]
        return f"{self.random.choice(names)}.{self.random.choice(['txt', 'md'])}" if names else None

    def some(self) -> str:
        return self.random.choice(sorted(self.articles))

    def write(self) -> None:
        if name := self.free():
            self.put(name, texts.article(self.random))

    def edit(self) -> None:
        name = self.some()
        found = [list(block) for block in self.articles[name]]
        for _ in range(self.random.randint(1, 3)):
            block = self.random.choice(found[1:] or found)
            place = self.random.randrange(len(block) + 1)
            what = self.random.choice(["change", "change", "change", "add", "drop", "again"])
            if what == "add" or place == len(block):
                block.insert(place, texts.sentence(self.random))
            elif what == "again":
                block.append(self.random.choice(self.random.choice(found)))
            elif what == "drop" and len(block) > 1:
                del block[place]
            else:
                self.kept.append((name, self.articles[name]))
                block[place] = texts.edited(block[place], self.random)
        self.put(name, found)

    def undo_of_an_edit(self) -> None:
        known = [(name, found) for name, found in self.kept if name in self.articles]
        if known:
            self.put(*self.random.choice(known))

    def rename(self) -> None:
        if name := self.free():
            old = self.some()
            found = self.articles[old]
            self.put(old, None)
            self.put(name, found)
            if self.random.random() < 0.4:
                self.edit()

    def swap(self) -> None:
        one, two = self.some(), self.some()
        first, second = self.articles[one], self.articles[two]
        self.put(one, second)
        self.put(two, first)

    def renumber(self) -> None:
        names = sorted(self.articles)
        found = [self.articles[name] for name in names]
        for name, article in zip(names, [texts.article(self.random), *found], strict=False):
            self.put(name, article)
        if spare := self.free():
            self.put(spare, found[-1])

    def split(self) -> None:
        name = self.some()
        found = self.articles[name]
        new = self.free()
        if new and len(found) > 3:
            half = len(found) // 2
            self.put(name, found[:half])
            self.put(new, [[texts.sentence(self.random)[:8]], *found[half:]])

    def move_section(self) -> None:
        giver, taker = self.some(), self.some()
        if giver != taker and len(self.articles[giver]) > 2:
            found = list(self.articles[giver])
            block = found.pop(self.random.randrange(1, len(found)))
            self.put(giver, found)
            self.put(taker, [*self.articles[taker], block])

    def delete(self) -> None:
        if len(self.articles) > 2:
            name = self.some()
            self.kept.append((name, self.articles[name]))
            self.put(name, None)
            if self.random.random() < 0.3:
                self.watch.run("extract", "--prune")

    def bring_back(self) -> None:
        there = {name.rpartition(".")[0] for name in self.articles}
        gone = [(name, found) for name, found in self.kept if name.rpartition(".")[0] not in there]
        if gone:
            self.put(*self.random.choice(gone))

    def locales(self) -> None:
        self.room.further = not self.room.further
        self.room.configure()
        self._begin_anew()

    # Translators -------------------------------------------------------------------------------------------------

    def _catalogue(self) -> Path | None:
        found = [path for path in self.room.catalogues() if "zh_Hans" not in path.parts or self.random.random() < 0.2]
        return self.random.choice(found) if found else None

    def _text(self, locale: str, msgstr: str) -> str:
        """Return a text of a person; in a Simplified edition the converted text with another end."""
        return f"{msgstr.rstrip('。！？')}！" if locale == "zh_Hans" else texts.translation(self.random)

    def polib(self) -> None:
        path = self._catalogue()
        if path is None:
            return
        found = polib.pofile(str(path), wrapwidth=self.random.choice([0, 78]))
        locale = path.relative_to(self.room.root / "locales").parts[0]
        for entry in found:
            if not entry.obsolete and self.random.random() < 0.6:
                entry.msgstr = self._text(locale, entry.msgstr)
                entry.flags = [flag for flag in entry.flags if flag != "fuzzy" or self.random.random() < 0.1]
                if not entry.fuzzy:
                    entry.previous_msgid = None
        found.save(str(path))
        self.watch.replaced_by_others()

    def gettext(self) -> None:
        path = self._catalogue()
        if path is None:
            return
        folder = self.room.root / "locales"
        name = path.relative_to(folder).as_posix().partition("/LC_MESSAGES/")[2]
        template = folder / f"{name}t"
        commands = [["msgattrib", "--no-obsolete"], ["msgattrib", "--sort-output"], ["msgcat", "--width=60"]]
        if template.is_file():
            commands += [["msgmerge", "-q", "--previous"], ["msgmerge", "-q", "--no-fuzzy-matching"]]
        command = self.random.choice(commands)
        further = [str(template)] if command[0] == "msgmerge" else []
        done = subprocess.run([*command, str(path), *further], capture_output=True, check=False)
        if done.returncode:
            self.watch.violations.append(f"{command}: {done.stderr.decode()}")
        elif done.stdout:
            path.write_bytes(done.stdout)
        self.watch.replaced_by_others()

    # Reviewers ---------------------------------------------------------------------------------------------------

    def page(self) -> None:
        """A reviewer opens a document on the page and saves, sometimes in a document that was opened long before."""
        path = self._catalogue()
        if path is None:
            return
        locale, _, file = path.relative_to(self.room.root / "locales").as_posix().partition("/LC_MESSAGES/")
        name = file.removesuffix(".po")
        page = self._server().browser(self.random.choice(["Ann", "Bob"])).get(path_of(name, locale))
        if page.status != 404:  # its text or its locale was removed
            self.opened.append(
                (locale, name, re.findall(r'data-unit="([0-9a-f]+)" data-base="([0-9a-f]+)"', page.text))
            )
        if self.opened:
            locale, name, units = self.opened[-1] if self.random.random() < 0.9 else self.random.choice(self.opened)
            for unit, base in self.random.sample(units, min(4, len(units))):
                self._save(locale, name, unit, base)

    def _save(self, locale: str, name: str, unit: str, base: str) -> None:
        """Save one unit as the person who opened a page last."""
        key, before = self._unit(locale, name, unit)
        action = self.random.choice([*Action, *[Action.SAVE] * 4, Action.APPROVE, Action.NEEDS_EDITING])
        fields = {"document": name, "locale": locale, "unit": unit, "base": base, "action": action.value}
        if action in {Action.SAVE, Action.NEEDS_EDITING} or (action is Action.APPROVE and self.random.random() < 0.3):
            fields["text"] = self._text(locale, before.msgstr if before else "")
        if action in {Action.NOTE, Action.REJECT, Action.IGNORE}:
            fields["note"] = "為甚麼？"
        if action in {Action.IGNORE, Action.UNIGNORE}:
            fields["rule"] = "punctuation"
        answer = self._server().browser(self.random.choice(["Ann", "Bob"])).edit(**fields)
        if answer.status >= 500:
            self.watch.violations.append(f"the page answered {answer.status} to {fields}")
        if answer.status == 200 and key is not None:
            _, after = self._unit(locale, name, unit)
            if "text" in fields:
                self.watch.known.add((locale, key.source, fields["text"]))
            if action is Action.APPROVE and after is not None:
                self.watch.approvals.add((locale, key.source, after.msgstr))

    def _unit(self, locale: str, name: str, unit: str) -> tuple[Key, Entry] | tuple[None, None]:
        found = (item for item in entries_of(self.room, locale, name).items() if item[0].digest.startswith(unit))
        return next(found, (None, None))

    def _server(self) -> Served:
        """Return the review page; it runs beside the commands until the configuration changes."""
        if self.served is None:
            self.served = self.closing.enter_context(serving(self.room.root))
        return self.served

    def _begin_anew(self) -> None:
        """Stop the server after a change of the configuration."""
        self.closing.close()
        self.served = None
        self.opened.clear()

    def _document(self) -> str:
        return self.some().rpartition(".")[0]

    def approve(self) -> None:
        for locale in ("en", "fr") if self.room.further else ("en",):
            arguments = ["approve", self._document(), "--locale", locale, "--by", "Ann", "--format", "json"]
            found = self.watch.run(*arguments, *(["--despite-errors"] if self.random.random() < 0.3 else []))
            for each in json.loads(found.out) if found.out else ():
                entries = po.loads((self.room.root / each["path"]).read_bytes(), Path("x.po"), locale).entries
                self.watch.approvals |= {
                    (locale, key.source, entry.msgstr)
                    for key, entry in entries.items()
                    if key.digest.startswith(each["unit"]) and each["outcome"] == "saved"
                }

    def unapprove(self) -> None:
        self.watch.run("unapprove", self._document(), "--locale", "en")

    def restore(self) -> None:
        name = self._document()
        found = self.watch.run("history", name, "--locale", "en", "--format", "json")
        versions = json.loads(found.out) if found.out else []
        if versions:
            one = self.random.choice(versions)
            number = str(max(1, one["version"]))
            self.watch.run("restore", name, one["unit"], "--locale", "en", "--version", number, "--by", "Ann")

    def fix(self) -> None:
        self.watch.run("check", "--fix", "--by", "Ann", *(["--approved"] if self.random.random() < 0.3 else []))

    def commands(self) -> None:
        self.watch.run(*self.random.choice([["extract"], ["convert"], ["check"], ["status"], ["build", "--drafts"],
                                            ["convert", "--upgrade"], ["extract", "--locale", "en"]]))  # fmt: skip

    def process(self) -> None:
        arguments = self.random.choice([["sync"], ["status"], ["extract"], ["build"]])
        self.watch.ran(self.room.start(*arguments), *arguments)

    # git ---------------------------------------------------------------------------------------------------------

    def commit(self) -> None:
        self.watch.commit()

    def branch(self) -> None:
        """Work on a branch and on main, then merge it or abandon it; a failing merge is aborted."""
        self.watch.commit()
        self.room.git("checkout", "-q", "-B", "other")
        self._work()
        self.room.git("checkout", "-q", "main")
        self._reread()
        self.watch.run("sync")
        self._work()
        if self.random.random() < 0.8 and self.room.git("merge", "-q", "--no-edit", "other"):
            self.room.git("merge", "--abort")
        self._reread()

    def _work(self) -> None:
        for step in self.random.sample([self.edit, self.polib, self.page, self.rename, self.approve], 2):
            step()
        self.watch.run("sync")
        self.watch.known |= self.room.stored()
        self.watch.commit()

    def _reread(self) -> None:
        """Read the documents again: a merge may have added both names of one."""
        source = self.room.root / "source"
        self.articles = {
            path.relative_to(source).as_posix(): texts.read(path.read_text(encoding="utf-8"))
            for path in sorted(source.rglob("*"))
            if path.is_file()
        }
        self.room.reread()
        self._begin_anew()

    def clone(self) -> None:
        """Remove the private folder, the preview and the release, as in a new clone."""
        for name in (".l10n-flow", "preview", "build"):
            shutil.rmtree(self.room.root / name, ignore_errors=True)


#: The steps by name, each with its relative frequency.
STEPS: dict[str, tuple[Callable[[Walk], None], int]] = {
    step.__name__: (step, weight)
    for step, weight in (
        (Walk.write, 3), (Walk.edit, 12), (Walk.undo_of_an_edit, 6), (Walk.rename, 5), (Walk.swap, 4),
        (Walk.renumber, 2), (Walk.split, 4), (Walk.move_section, 5), (Walk.delete, 4), (Walk.bring_back, 5),
        (Walk.locales, 2), (Walk.polib, 9), (Walk.gettext, 5), (Walk.page, 12), (Walk.approve, 6), (Walk.unapprove, 2),
        (Walk.restore, 5), (Walk.fix, 4), (Walk.commands, 5), (Walk.process, 1), (Walk.commit, 3), (Walk.branch, 3),
        (Walk.clone, 1),
    )
}  # fmt: skip
