"""The path of a document's file in a build: ``[outputs]`` gives a pattern for the sources that match a glob."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from l10n_flow.errors import ConfigError
from l10n_flow.locales import bcp47
from l10n_flow.project import naming

#: The fields of a pattern; it must contain one field of each line.
_LOCALE = ("locale", "bcp47")
_DOCUMENT = ("document", "name")
_KNOWN = frozenset({*_LOCALE, *_DOCUMENT, "folder", "suffix"})
_FIELD = re.compile(r"\{([^{}]*)\}")
#: The default: one folder for each locale.
USUAL = "{locale}/{document}{suffix}"


@dataclass(frozen=True, slots=True)
class Output:
    """A pattern and the glob of its sources; the glob is matched like ``exclude``."""

    glob: str
    pattern: str

    def path(self, document: str, source: str, locale: str, folder: str) -> str:
        """Return the path of a file in the folder of the build.

        Args:
            document: the document's identity.
            source: the path of its source.
            locale: the locale's id.
            folder: the name of the locale's folder.
        """
        parent, name = posixpath.split(document)
        values = {
            "locale": folder,
            "bcp47": bcp47(locale),
            "document": document,
            "name": name,
            "folder": f"{parent}/" if parent else "",
            "suffix": PurePosixPath(source).suffix,
        }
        return _FIELD.sub(lambda field: values[field[1]], self.pattern)


def require_output(pattern: str) -> None:
    """Refuse a wrong pattern.

    Raises:
        ConfigError: a field is unknown, the locale or the document is missing, or the path leaves the build's folder.
    """
    fields = _FIELD.findall(pattern)
    unknown = next((field for field in fields if field not in _KNOWN), None)
    if unknown is not None:
        raise ConfigError(f"{{{unknown}}} is no field of a path; there are: {', '.join(sorted(_KNOWN))}")
    for wanted in (_LOCALE, _DOCUMENT):
        if not set(wanted) & set(fields):
            choices = " or ".join(f"{{{field}}}" for field in wanted)
            raise ConfigError(f"the path needs {choices}, or two files would be written to one place")
    if not {"document", "folder"} & set(fields):
        raise ConfigError(
            "the path needs {document}, or {folder} and {name}: documents of two folders may have one name"
        )
    plain = _FIELD.sub("x", pattern)
    path = PurePosixPath(plain)
    if path.is_absolute() or ".." in path.parts or "\\" in plain or "\0" in plain or "{" in plain or "}" in plain:
        raise ConfigError("the path must lie in the folder of the build, with slashes and without ..")
    if path.parts[0] in {"bilingual", "pages", "review"} or path.suffix == ".html":
        raise ConfigError("the path must be no HTML file, and not in bilingual/, pages/ or review/: pages go there")


def output_of(outputs: Sequence[Output], source: str) -> Output:
    """Return the pattern for a source: that of the first glob that matches, else the default."""
    found = (output for output in outputs if naming.fits(source, output.glob))
    return next(found, Output("*", USUAL))
