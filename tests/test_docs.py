"""What there is, is described: commands, options, settings, rules, kinds; and links lead somewhere."""

import ast
import io
import re
import tokenize
import tomllib
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

from entries import compose
from l10n_flow import checks
from l10n_flow.catalogue import seals
from l10n_flow.catalogue.seals import SealKind
from l10n_flow.cli import cli
from l10n_flow.cli.converting import convert_stream
from l10n_flow.cli.exits import Exit
from l10n_flow.conversion import Converter
from l10n_flow.documents.segmentation import overrides
from l10n_flow.errors import ConfigError
from l10n_flow.model import BlockKind, Severity
from l10n_flow.project import load_project

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = (*sorted(ROOT.glob("*.md")), *sorted(DOCS.glob("*.md")))
FENCE = re.compile(r"^```.*?^```[^\S\n]*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^()\s]+)\)")


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def sections(text: str) -> dict[str, str]:
    """The parts of a page by their heading of the second level; what stands before the first one is ""."""
    parts = re.split(r"^## (.+)$", FENCE.sub(lambda match: match[0].replace("\n#", "\n\\#"), text), flags=re.MULTILINE)
    return {"": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def anchors(path: Path) -> set[str]:
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    seen: Counter[str] = Counter()
    found = set()
    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        name = slug(heading)
        found.add(f"{name}-{seen[name]}" if seen[name] else name)
        seen[name] += 1
    return found


def first_cells(text: str) -> list[str]:
    """The first cell of each row of the tables."""
    return [re.split(r"(?<!\\)\|", line)[1].strip() for line in text.splitlines() if line.startswith("| ")]


# Commands ----------------------------------------------------------------------------------------------------------


def parameters(command: str) -> list[click.Parameter]:
    """The parameters of a command, with ``convert`` those of the filter too."""
    found = cli.get_command(click.Context(cli), command)
    assert found is not None
    return [*found.params, *(convert_stream.params if command == "convert" else ())]


COMMANDS = sorted(cli.list_commands(click.Context(cli)))
PARAMETERS = [
    pytest.param(command, parameter, id=f"{command}-{parameter.name}")
    for command in COMMANDS
    for parameter in parameters(command)
    if isinstance(parameter, click.Option)
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_section_and_a_row_in_both_tables(command: str) -> None:
    assert command in sections(read("commands.md"))
    assert f"[{command}](#{command})" in read("commands.md")
    assert f"`{command}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("command", "parameter"), PARAMETERS)
def test_every_option_is_in_the_section_of_its_command(command: str, parameter: click.Option) -> None:
    section = sections(read("commands.md"))[command]
    for name in parameter.opts:
        assert f"`{name}" in section
    if isinstance(parameter.type, click.Choice):
        choices = "\\|".join(parameter.type.choices)
        assert f"`{parameter.opts[-1]} {choices}`" in section


@pytest.mark.parametrize("command", COMMANDS)
def test_no_section_describes_an_option_its_command_has_not(command: str) -> None:
    described = re.findall(r"`(--?[\w-]+)", "\n".join(first_cells(sections(read("commands.md"))[command])))
    there = {name for parameter in parameters(command) for name in parameter.opts}
    assert set(described) <= there


def test_the_options_before_the_command_are_described() -> None:
    opening = sections(read("commands.md"))[""]
    for name in {name for parameter in cli.params for name in parameter.opts} | {"-h", "--help"}:
        assert f"`{name}" in opening


def test_the_exit_codes_are_those_of_the_program() -> None:
    told = {int(cell) for cell in first_cells(sections(read("commands.md"))["Exit codes"]) if cell.isdecimal()}
    assert told == set(Exit)


# Settings ----------------------------------------------------------------------------------------------------------


def known_keys(folder: Path, table: str) -> set[str]:
    """What the program itself says it knows, when a table holds a key it does not know."""
    config = folder / "l10n-flow.toml"
    config.write_text(f"[{table}]\n'?' = 1\n" + ("" if table == "locale.en" else "[locale.en]\n"), encoding="utf-8")
    with pytest.raises(ConfigError, match="known are: ") as caught:
        load_project(config)
    return set(caught.value.message.partition("known are: ")[2].split(", "))


@pytest.mark.parametrize(
    ("table", "heading", "least"),
    [
        ("project", "`[project]`", "sources"),
        ("locale.en", "`[locale.<id>]`", "missing"),
        ("checks", "`[checks]`", "select"),
    ],
)
def test_every_setting_has_a_row_and_no_row_is_made_up(tmp_path: Path, table: str, heading: str, least: str) -> None:
    known = known_keys(tmp_path, table)
    assert least in known
    table_of_keys = sections(read("configuration.md"))[heading].partition("\n### ")[0]
    rows = {cell.strip("`") for cell in first_cells(table_of_keys)} - {"Key", "---"}
    assert rows == known


def test_every_example_of_the_settings_is_accepted(tmp_path: Path) -> None:
    examples = re.findall(r"^```toml\n(.*?)^```", read("configuration.md"), re.MULTILINE | re.DOTALL)
    (tmp_path / "l10n-flow.toml").write_text("\n".join(examples), encoding="utf-8")
    project = load_project(tmp_path / "l10n-flow.toml")
    assert project.checks.severity == {"untranslated": Severity.ERROR}
    assert project.locale("en").fail_under == 95
    assert set(project.checks.ignore) <= {rule.id for rule in checks.RULES}


def test_the_example_of_an_error_is_what_the_program_says(tmp_path: Path) -> None:
    said = re.search(r"^error: l10n-flow.toml:5: (.*)$", read("configuration.md"), re.MULTILINE)
    (tmp_path / "l10n-flow.toml").write_text(
        "\n\n[project]\n\nsource-lcale = 'zh_Hant'\n[locale.en]\n", encoding="utf-8"
    )
    with pytest.raises(ConfigError) as caught:
        load_project(tmp_path / "l10n-flow.toml")
    assert said is not None
    assert (caught.value.line, caught.value.message) == (5, said[1])


# Rules, kinds, seals -----------------------------------------------------------------------------------------------


def test_every_rule_has_its_section_with_its_severity_and_no_section_is_left_over() -> None:
    described = {heading: text for heading, text in sections(read("checks.md")).items() if heading}
    assert list(described) == [rule.id for rule in checks.RULES]
    for rule in checks.RULES:
        assert f"**{rule.severity.value}**" in described[rule.id]


@pytest.mark.parametrize("kind", BlockKind, ids=str)
def test_every_kind_of_block_is_described(kind: str) -> None:
    assert f"`{kind}`" in read("segmentation.md")


def test_every_key_of_an_override_has_a_row_and_no_row_is_made_up() -> None:
    rows = {cell.strip("`") for cell in first_cells(sections(read("segmentation.md"))["Overrides"])}
    assert rows - {"key"} == overrides._KEYS


def test_every_kind_of_seal_has_a_row_and_an_example_that_parses() -> None:
    section = sections(read("file-formats.md"))["Seals"]
    rows = {cell.strip("`") for cell in first_cells(section)}
    assert set(SealKind) <= rows
    block = re.search(r"^```\n((?:\\?# l10n-flow: .*\n)+)```", section, re.MULTILINE)
    assert block is not None
    examples = "\n".join(line.lstrip("\\# ") for line in block[1].splitlines())
    found, others = seals.parse(examples)
    assert [seal.kind for seal in found] == list(SealKind)
    assert not others
    assert compose(found, ()) == examples


def test_the_digests_shown_are_right() -> None:
    text = read("file-formats.md")
    assert f"\n{seals.pair_digest('廣西', 'Guangxi')}\n" in text
    assert f"\n{seals.pair_digest('廣西', '')}\n" in text
    assert f"converted hk2s {seals.digest('一花牵两头，合作当长远。')}\n" in text


def test_the_filter_example_is_what_the_converter_does() -> None:
    example = re.search(r"^\$ printf '(.+)\\n' \| l10n-flow convert -\n(.+)$", read("commands.md"), re.MULTILINE)
    assert example is not None
    assert Converter("hk2s").convert_block([example[1]]) == [example[2]]


# The rest ----------------------------------------------------------------------------------------------------------


def test_every_dependency_is_justified() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    needed = {re.split(r"[<>=!~ \[]", line)[0] for line in lines}
    described = set(re.findall(r"^\| \[([\w-]+)\]\(", read("dependencies.md"), re.MULTILINE))
    assert described == needed


def test_the_layers_drawn_are_those_of_the_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    drawing = re.search(r"^```\n(cli/.*?)^```", read("architecture.md"), re.MULTILINE | re.DOTALL)
    assert drawing is not None
    drawn = [
        re.findall(r"([a-z]+)(?:\.py|/)", re.match(r"\S+(?: +\S+(?:/|\.py) )*", line)[0])
        for line in drawing[1].splitlines()
    ]
    assert drawn == [[name.strip().rpartition(".")[2] for name in layer.split("|")] for layer in layers]


def test_the_entries_of_the_readme_are_those_of_the_sample() -> None:
    catalogues = {path: path.read_text(encoding="utf-8") for path in ROOT.glob("locales/*/LC_MESSAGES/*.po")}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    entries = re.findall(r'^(msgid ".+"\nmsgstr ".+")$', readme, re.MULTILINE)
    assert len(entries) >= 2
    for entry in entries:
        assert any(entry in text for text in catalogues.values())


def test_every_page_is_reached_from_the_index() -> None:
    linked = {link.partition("#")[0] for link in LINK.findall(read("index.md"))}
    assert {path.name for path in DOCS.glob("*.md")} - {"index.md"} <= linked


def prose(path: Path) -> str:
    """The docstrings and comments of a module, or the text of a page."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return text
    defined = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = [ast.get_docstring(node) or "" for node in ast.walk(ast.parse(text)) if isinstance(node, defined)]
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return "\n".join([*docstrings, *(token.string for token in tokens if token.type == tokenize.COMMENT)])


def files_named(text: str, suffixes: str) -> set[str]:
    found = re.findall(rf"(?<![\w/.:-])((?:[\w-]+/)*[\w-]+\.(?:{suffixes}))\b(?![/\w])", text)
    return set(found) - {"coverage.py"}  # a package


FOLDERS = ("bench", "docs", "src", "tests", "tools")


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_files_that_code_and_pages_cite_exist(folder: str) -> None:
    """By the end of their path. Pages may name files of examples; of those only modules are looked for."""
    there = [path for name in FOLDERS for path in (ROOT / name).rglob("*") if "__pycache__" not in path.parts]
    ends = {
        "/".join(path.parts[start:]) for path in [*there, *PAGES] for start in range(len(ROOT.parts), len(path.parts))
    }
    citing = [path for path in PAGES if path.is_file()] if folder == "docs" else [*(ROOT / folder).rglob("*.py")]
    suffixes = "py" if folder == "docs" else "py|md|tsv"
    # Reading a module's docstrings takes time: only those are read that name such a file anywhere.
    suspects = [path for path in citing if files_named(path.read_text(encoding="utf-8"), suffixes) - ends]
    assert len(citing) > 3
    assert {(path.name, name) for path in suspects for name in files_named(prose(path), suffixes) - ends} == set()


LINKS = [
    pytest.param(SimpleNamespace(page=page, link=link), id=f"{page.name}-{link}")
    for page in PAGES
    if page.is_file()
    for link in dict.fromkeys(LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))))
    if not re.match(r"[a-z]+:", link)
]


@pytest.mark.parametrize("case", LINKS)
def test_every_relative_link_resolves(case: SimpleNamespace) -> None:
    name, _, fragment = case.link.partition("#")
    target = (case.page.parent / name).resolve() if name else case.page
    assert target.exists()
    if fragment:
        assert fragment in anchors(target)


def test_there_are_links_to_test() -> None:
    assert len(LINKS) > 30
