// The script of the review page: keys, drafts, notices. Without it, the forms do the same work.
import { _, all, main, make, one, root, say, store } from "./dom.js";
import { cardOf, cards, current, editorOf, refresh, unsaved } from "./cards.js";
import * as drafts from "./drafts.js";
import * as inserting from "./inserting.js";
import { onKey } from "./keys.js";
import { focusOn } from "./moving.js";
import * as preview from "./preview.js";
import * as saving from "./saving.js";
import * as watching from "./watching.js";

// Prepare new parts of the page: the whole page when it has loaded, a card after a save.
const known = new WeakSet();
function setUp() {
  const fresh = cards().filter((card) => !known.has(card));
  if (fresh.length) drafts.restoreAll(fresh);
  for (const card of fresh) { known.add(card); if (editorOf(card)) refresh(card, editorOf(card)); }
}

// A link to another page loses no text, for the drafts are kept. Only the focus has to be stored.
let leaving = false;
let last = null;
function leave(id = (current() ?? last)?.id ?? "units") {
  leaving = !drafts.atRisk();
  try { sessionStorage.setItem("l10n-flow:focus", JSON.stringify([location.pathname, id])); } catch { /* only the focus is lost */ }
}
function remembered() {
  try {
    const [path, id] = JSON.parse(sessionStorage.getItem("l10n-flow:focus"));
    sessionStorage.removeItem("l10n-flow:focus");
    return path === location.pathname ? document.getElementById(id) : null;
  } catch { return null; }
}

function onClick(event) {
  const card = cardOf(event.target);
  const choice = event.target.closest("[data-insert]");
  const fix = event.target.closest("[data-fix-text]");
  if (choice && card) inserting.insert(card, choice);
  if (fix && card) inserting.fix(card, fix);
  const restore = event.target.closest("[data-restore]");
  if (restore && card) inserting.restore(card, restore.dataset.restore);
  const both = event.target.closest("[data-choice=merge]");
  if (both) inserting.merge(card, both);
  const link = event.target.closest("a[href]");
  const copy = event.target.closest("[data-copy-text]");
  if (copy) navigator.clipboard?.writeText(one(".text", copy.closest("article")).textContent).then(() => say(_("Copied.")));
  if (link && link.origin === location.origin && !link.target && !event.defaultPrevented) leave();
  for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
}
function onInput(event) {
  const card = cardOf(event.target);
  if (!card || !["text", "note"].includes(event.target.name)) return;
  one(".trouble-here", card)?.remove();
  drafts.keep(card);
  if (event.target.name === "text") refresh(card, event.target);
}
function onSubmit(event) {
  if (!cardOf(event.target)) leave();
  // Approve the texts that the page shows now, not those that it showed when it was loaded.
  const pairs = event.target.matches("[data-approve-shown]") && one(".pairs", event.target);
  if (!pairs) return;
  const ready = cards().filter((card) => card.matches("[data-state=translated]:not(.dirty, [data-stale], .conflict)"));
  pairs.replaceChildren(...ready.flatMap((card) => [["unit", card.dataset.unit], ["base", card.dataset.base]]).map(
    ([name, value]) => make("input", { type: "hidden", name, value })));
}

function startArticle() {
  setUp();
  const first = cardOf(one(":target")) ?? remembered();
  if (cardOf(first)) focusOn(first); else first?.focus();
  // The bar has more lines on narrow screens; a card that is scrolled into view must not lie under it.
  new ResizeObserver(([{ target }]) => root.style.setProperty("--bar", `${target.offsetHeight}px`)).observe(one(".sticky"));
  // When all is loaded, the browser moves the focus to the target of the address; it belongs in the editor.
  const enter = () => { if (document.activeElement?.matches("article.unit")) focusOn(document.activeElement); };
  addEventListener("load", () => setTimeout(enter));
  addEventListener("hashchange", () => setTimeout(enter));
  document.addEventListener("input", onInput);
  document.addEventListener("submit", onSubmit, true);
  document.addEventListener("focusin", (event) => {
    last = cardOf(event.target) ?? last;
    preview.follow(cardOf(event.target));
  });
  document.addEventListener("htmx:load", setUp);
  addEventListener("beforeunload", (event) => { if (!leaving && unsaved()) event.preventDefault(); });
  addEventListener("pageshow", () => { leaving = false; });
  saving.start();
  preview.start();
  inserting.start();
  watching.start(() => { leave(); location.reload(); });
  one("#help-button").addEventListener("click", () => one("#help").showModal());
  const filters = one("details.filter-box");
  if (filters && matchMedia("(max-width: 48rem)").matches && !one(".found", filters)) filters.open = false;
}

function setting(id, key, read, write, apply) {
  const box = one(id);
  if (!box) return;
  read(box, store.get(key));
  box.addEventListener("change", () => { store.set(key, write(box)); apply?.(box); });
}
setting("#theme", "theme", (box, value) => { box.value = value ?? "system"; }, (box) => box.value, (box) => {
  if (box.value === "system") delete root.dataset.theme; else root.dataset.theme = box.value;
});
setting("#hide-others", "others", (box, value) => { box.checked = value === "hidden"; }, (box) => box.checked ? "hidden" : "shown",
  (box) => root.classList.toggle("hide-others", box.checked));
setting("#letters", "letters", (box, value) => { box.checked = value !== "off"; }, (box) => box.checked ? "on" : "off");
document.addEventListener("keydown", onKey);
document.addEventListener("click", onClick);
if (main && one("#draft-note")) startArticle();
drafts.listOthers();
