"""Localise Chinese articles: units in gettext catalogues, Simplified by conversion, English by people.

It has the names of ``api`` (docs/api.md). ``api`` is imported when one of them is used, so that the import of one
module of the package, as in the commands, does not import all.
"""

from importlib.machinery import PathFinder
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from l10n_flow.api import *  # noqa: F403
    from l10n_flow.api import __all__ as __all__
else:  # a type checker would accept every name of a module with ``__getattr__``

    def __getattr__(name: str) -> object:
        # ``from l10n_flow import files`` looks for an attribute first, and then for the module.
        if PathFinder.find_spec(f"{__name__}.{name}", __path__) is None:  # noqa: F405
            from l10n_flow import api  # noqa: PLC0415 - start-up

            if name == "__all__" or name in api.__all__:
                return getattr(api, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return [*globals(), *__getattr__("__all__")]
