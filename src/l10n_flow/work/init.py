"""``init``: write a commented configuration and the folders of a new project."""

from __future__ import annotations

import os
from pathlib import Path

from l10n_flow import files, inside
from l10n_flow.errors import ConfigError
from l10n_flow.inside import Inside
from l10n_flow.project import CONFIG_NAME

_CONFIG = """\
# The settings of l10n-flow. Every key is explained by: l10n-flow docs configuration

[project]
name = {name}
# The language the articles are written in, as gettext and CLDR write it.
source-locale = "zh_Hant_HK"
# Which files are documents. A document is named by its path below the fixed part of the glob, without suffix.
sources = [
  "source/**/*.txt",
  "source/**/*.md",
  "source/**/*.markdown",
  "source/**/*.html",
  "source/**/*.htm",
  "source/**/*.docx",
  "source/**/*.srt",
  "source/**/*.vtt",
]
exclude = []
locales-dir = "locales"
# Where a release goes, and where a preview of drafts.
build-dir = "build"
preview-dir = "preview"
# The records of what was published when; they belong into git.
releases-dir = "releases"
# Pages with source and target side by side are for those who work on the texts; a release has them only if asked for.
# release-pages = ["bilingual"]
# How the articles are encoded, and whether a build is written in "utf-8" or as its "source".
# encoding = "big5-hkscs"
# output-encoding = "source"
# One unit is a "sentence", or a whole "paragraph".
unit = "sentence"
# Which fields of a Markdown file's front matter are translated.
# front-matter = ["title", "description"]
# The project's own words: a CSV file with a column for each locale.
# termbase = "terms.csv"
# Whether somebody else has to approve what one has written.
# forbid-own-approval = true

# A derived locale: filled by conversion, never over a person's correction.
[locale.zh_Hans]
conversion = "hk2s"
# Quotation marks: "mainland" makes 「」 “”, "keep" leaves them.
punctuation = "mainland"

# A locale that people translate.
[locale.en]
# What may be published: "translated" or only "approved" text.
require = "approved"
# What stands where there is none: "fail" (no release), "omit", "source" or "mark".
missing = "fail"
# The least percentage of units in the required state, for status --gate.
# fail-under = 100

# Where the files of a build go; l10n-flow docs configuration#outputs has the patterns of Hugo, MkDocs and Docusaurus.
# [outputs]
# "source/*.md" = "content/{{bcp47}}/{{document}}{{suffix}}"

[checks]
# Rule ids; nothing selected means all. l10n-flow docs checks explains each.
select = []
ignore = []

[checks.severity]
# end-punctuation = "error"
"""

_ATTRIBUTES = """\
# Catalogues have line feeds on every system. Never merge=union: it would make two halves one entry.
*.po text eol=lf
*.pot text eol=lf
*.docx binary
"""

_IGNORE = """\
# What l10n-flow makes anew at any time
/build/
/.build.*
/preview/
/.preview.*
/.l10n-flow/
.l10n-flow-*.tmp
# Password hashes of the review page
/l10n-flow.users.json
# What editors leave beside catalogues
*.mo
"""

_TEXTS = {".gitattributes": _ATTRIBUTES, ".gitignore": _IGNORE}
_FOLDERS = ("source", "locales")


def init(folder: Path) -> tuple[str, ...]:
    """Make a project of a folder.

    Returns:
        The names of what was written.

    Raises:
        ConfigError: when there is a configuration already; then nothing is written.
        L10nFlowError: when a file or folder cannot be created because something else, such as a link, has its name
            (then nothing is written either); or when the folder is not writable.
    """
    _require_room(folder)
    name = folder.resolve().name or "articles"
    text = _CONFIG.format(name=_toml_string(name))
    written = []
    for path, content in ((CONFIG_NAME, text), *_TEXTS.items()):
        if not inside.is_file(Inside(folder) / path):
            files.write_atomically(Inside(folder) / path, content.encode())
            written.append(path)
    for path in _FOLDERS:
        if not inside.is_folder(Inside(folder) / path):
            (folder / path).mkdir(parents=True)
            written.append(f"{path}/")
    return tuple(written)


def _require_room(folder: Path) -> None:
    """Check that all files and folders can be created, before any is: half a project is of no use."""
    config = folder / CONFIG_NAME
    if os.path.lexists(config):
        raise ConfigError("exists already; edit it, or remove it to begin anew", path=config)
    for name in _TEXTS:
        inside.is_file(Inside(folder) / name)
    for name in _FOLDERS:
        inside.is_folder(Inside(folder) / name)


def _toml_string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in escaped) + '"'
