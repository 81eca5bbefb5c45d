"""Make the picture of the README: the review page on a copy of the sample (``make picture``)."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "pictures" / "review.png"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_SIZE = {"width": 1180, "height": 760}


def main() -> None:
    """Serve a copy of the sample, open its English edition, and take the picture."""
    program = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if program is None:
        sys.exit("no Chromium here; install it (Debian: apt-get install chromium)")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("source", "locales"):
            shutil.copytree(ROOT / name, Path(folder) / name)
        for name in ("l10n-flow.toml", "terms.csv"):
            shutil.copy(ROOT / name, folder)
        run = [sys.executable, "-P", "-m", "l10n_flow"]
        subprocess.run([*run, "sync"], cwd=folder, check=True, capture_output=True)
        command = [*run, "review", "--no-browser"]
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            try:
                take(program, server.stdout.readline().strip())
            finally:
                server.terminate()
    sys.stdout.write(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size:,} bytes\n")


def take(program: str, address: str) -> None:
    """Take the picture of the page at an address."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport=_SIZE)
        page.goto(address)  # the address contains the token and redirects to the home page
        page.goto(urljoin(page.url, "/d/liuzhou?locale=en"))
        page.get_by_label("Name").fill("Reviewer")
        page.get_by_role("button", name="Save").first.click()
        unit = page.locator("article.unit").nth(1)
        unit.locator("textarea").first.focus()
        unit.evaluate("each => scrollTo(0, each.getBoundingClientRect().top + scrollY - 110)")
        page.wait_for_load_state("networkidle")
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
