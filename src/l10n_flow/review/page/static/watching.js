// The page asks the server from time to time whether the catalogue has changed, and shows a notice.
import { _, all, main, make, one, say } from "./dom.js";
import { cards } from "./cards.js";
import { busy } from "./saving.js";

let looking = false;
async function look() {
  if (looking || document.hidden || busy()) return;
  looking = true;
  try {
    const { document: name, locale } = main.dataset;
    const answer = await fetch(`/stamp?${new URLSearchParams({ document: name, locale })}`, { cache: "no-store" });
    if (answer.status === 404) say(_("This document is no longer here. Your drafts are kept; the first page lists them."), true);
    else if (answer.status === 401) say(await answer.text(), true);
    const stamp = answer.ok && !answer.redirected ? (await answer.text()).trim() : main.dataset.stamp;
    if (stamp !== main.dataset.stamp && (await compare())) main.dataset.stamp = stamp;
  } catch { /* the next save shows it */ } finally { looking = false; }
}
// The saves of this page change the stamp as well; only units that differ from this page count.
async function compare() {
  const answer = await fetch(location.href, { cache: "no-store" });
  if (!answer.ok || answer.redirected || busy()) return false;
  const now = new DOMParser().parseFromString(await answer.text(), "text/html");
  const there = new Map(all("article.unit[data-unit]", now).map((card) => [card.dataset.unit, card.dataset.base]));
  const whole = !("part" in main.dataset);
  const differs = (card) => there.has(card.dataset.unit) ? there.get(card.dataset.unit) !== card.dataset.base : whole;
  const changed = cards().filter(differs);
  const added = whole ? [...there.keys()].filter((unit) => !document.getElementById(`u-${unit}`)).length : 0;
  const gone = changed.filter((card) => !there.has(card.dataset.unit)).length; // an edited source is one gone and one new unit
  const number = changed.length - gone + Math.max(added, gone);
  for (const card of changed) {
    if (one(".stale-card", card)) continue;
    one(".target", card)?.prepend(make("p", { className: "stale-card", textContent: _("Changed elsewhere since you opened the page") }));
  }
  const banner = one("#changed");
  one(".number", banner).textContent = number;
  banner.hidden = !number;
  return true;
}

export function start(reload) {
  addEventListener("focus", look);
  document.addEventListener("visibilitychange", look);
  setInterval(look, 10000);
  one("#changed button").addEventListener("click", reload);
}
