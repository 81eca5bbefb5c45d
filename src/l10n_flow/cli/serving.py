"""``review``: serve the review page."""

from __future__ import annotations

import click

from l10n_flow.cli import options
from l10n_flow.cli.output import err


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port (default: any free port).")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen on; any other than the default needs accounts.",
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option("--public-url", default="", metavar="URL", help="The address of the proxy in front, which ends TLS.")
@click.option(
    "--trusted-proxy", default="", metavar="ADDRESS", help="The proxy whose X-Forwarded-For header is trusted."
)
def review(port: int, host: str, public_url: str, trusted_proxy: str, *, no_browser: bool) -> None:
    """Translate, review and approve in the browser; Ctrl+C ends it."""
    from l10n_flow.review.address import announced  # noqa: PLC0415
    from l10n_flow.review.server.serve import Server, log_to_stderr  # noqa: PLC0415
    from l10n_flow.review.server.settings import Settings  # noqa: PLC0415

    log_to_stderr()
    settings = Settings(host, port, public_url, trusted_proxy)
    project = options.here()
    server = Server(project, settings, click.echo)
    if not server.guard.secure and server.guard.must_login:
        err(["warning: passwords travel in the clear; let a proxy end TLS (l10n-flow docs review)"])
    with announced(project, server.guard.origins[0]):
        server.run(browser=not no_browser)
    err(["ended; everything that was saved is in the catalogues"])
