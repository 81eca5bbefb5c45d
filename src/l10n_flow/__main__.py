"""``python -m l10n_flow``: run the program without its script."""

import os
import sys

# Python searches modules in the working folder first. That folder is a project, and its files are not our modules. A
# folder named l10n_flow in it would still be run in our place; the script, and ``python -P -m``, do not search there.
if not sys.flags.safe_path and sys.path and os.path.realpath(sys.path[0] or ".") == os.path.realpath("."):
    del sys.path[0]

from l10n_flow.cli import main

if __name__ == "__main__":
    main()
