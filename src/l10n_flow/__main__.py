"""``python -m l10n_flow``: the same program as the ``l10n-flow`` script."""

from l10n_flow.cli import main

if __name__ == "__main__":
    main()
