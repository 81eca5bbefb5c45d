"""``python -m l10n_flow``: the program without its script."""

import os
import sys

# Python puts the working folder first, which is a project: its files are no modules of ours. A folder called l10n_flow
# in it would still be run in our place; the script, and ``python -P -m``, look there for nothing.
if not sys.flags.safe_path and sys.path and os.path.realpath(sys.path[0] or ".") == os.path.realpath("."):
    del sys.path[0]

from l10n_flow.cli import main

if __name__ == "__main__":
    main()
