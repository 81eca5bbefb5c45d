// Drafts: this browser keeps typed texts until the server has saved them. Each open page has its own key for each unit,
// so that two tabs never overwrite each other. A page that loads takes over the drafts of pages that are closed.
import { _, make, main, one, root, say, store } from "./dom.js";
import { cards, dirty, editorOf, notesOf, put, putNotes, refresh, saved } from "./cards.js";

const here = crypto.getRandomValues(new Uint32Array(2)).join("-");
const project = document.body.dataset.project ?? "";
const reader = document.body.dataset.reader ?? "";
const clock = (when) => new Date(when).toLocaleString(root.lang, { dateStyle: "medium", timeStyle: "short" });
const slot = (unit, page = here) => "draft:" + JSON.stringify([project, main.dataset.document, main.dataset.locale, unit, page]);

let unkept = false;
// Whether there is a typed text that this browser could not keep.
export const atRisk = () => unkept;

// All drafts of this reader in this project, newest first: { key, document, locale, unit, text, notes, ... }.
function drafts() {
  const found = [];
  for (const key of store.keys().filter((each) => each.startsWith("draft:"))) {
    try {
      const [its, document, locale, unit] = JSON.parse(key.slice("draft:".length));
      const draft = JSON.parse(store.get(key));
      if (its === project && draft && (!draft.by || !reader || draft.by === reader)) found.push({ ...draft, key, document, locale, unit });
    } catch { /* another program stored this value */ }
  }
  return found.sort((a, b) => b.when - a.when);
}
const ofThisArticle = () => drafts().filter(({ document, locale }) => document === main.dataset.document && locale === main.dataset.locale);
// The drafts of a unit, and of the unit that it was before its source was edited.
const of = (card, list = ofThisArticle()) => list.filter(({ unit, source }) => unit === card.dataset.unit || Boolean(source && source === card.dataset.previous));

export function keep(card) {
  const [area, notes, key] = [editorOf(card), notesOf(card), slot(card.dataset.unit)];
  const typed = Boolean(area) && dirty(area);
  if (!typed && !Object.keys(notes).length) { store.drop(key); return; }
  // A draft of a unit in conflict belongs to the text before the conflict; it is offered, and not put back.
  const base = card.classList.contains("conflict") ? "" : card.dataset.base;
  const before = card.dataset.ancestor ?? (area ? saved(area) : "");
  const source = one(".source > .text", card).textContent;
  const draft = { text: typed ? area.value : null, notes, base, saved: before, source, by: reader, when: Date.now() };
  if (store.set(key, JSON.stringify(draft))) return;
  if (!unkept) say(_("This browser keeps no drafts: what you type is lost with the page until you save it."), true);
  unkept = true;
}
// The server has saved what this page sent; text that was typed meanwhile becomes a new draft.
export const acknowledged = (card) => store.drop(slot(card.dataset.unit));
export const discard = (card) => of(card).forEach(({ key }) => store.drop(key));

function note(card, label, draft, offered) {
  const made = one("#draft-note").content.firstElementChild.cloneNode(true);
  const area = editorOf(card);
  one(".label", made).textContent = label;
  const shown = one(".text", made);
  shown.textContent = draft.text;
  shown.hidden = !offered;
  shown.lang = area.lang;
  const use = one("[data-use]", made);
  use.hidden = !offered;
  use.addEventListener("click", () => { store.drop(draft.key); made.remove(); put(area, draft.text); });
  one("[data-discard]", made).addEventListener("click", () => {
    store.drop(offered ? draft.key : slot(card.dataset.unit));
    made.remove();
    if (!offered) { area.value = saved(area); refresh(card, area); keep(card); }
    area.focus();
  });
  one(".draft-slot", card)?.append(made);
}
function restore(card, list) {
  const area = editorOf(card);
  if (card.classList.contains("conflict") || area?.dataset.saved !== undefined) return;
  const told = new Set([area ? saved(area) : null]);
  for (const draft of of(card, list)) {
    if (draft.notes) putNotes(card, draft.notes);
    const news = area && draft.text !== null && !told.has(draft.text);
    const fits = news && draft.unit === card.dataset.unit && (draft.base === card.dataset.base || draft.saved === saved(area));
    if (news && fits && !dirty(area)) {
      area.value = draft.text;
      note(card, _("Your unsaved text of {when} was put back.", { when: clock(draft.when) }), draft, false);
    } else if (news) {
      note(card, _("Your unsaved text of {when}; the unit has changed since:", { when: clock(draft.when) }), draft, true);
      told.add(draft.text);
      continue;
    }
    if (!area && draft.text !== null) continue; // a joined unit has a field for notes only
    told.add(draft.text);
    store.drop(draft.key); // it is in the card now, and this page keeps it
    keep(card);
  }
}
export function restoreAll(fresh) {
  const list = ofThisArticle();
  for (const card of fresh) restore(card, list);
}

// Drafts that no card of this page shows: of other pages, of other documents, of units that are gone.
export async function listOthers() {
  const list = one("#lost ul");
  if (!list) return;
  const shown = new Set(main ? cards().flatMap((card) => of(card)).map(({ key }) => key) : []);
  const others = (main ? ofThisArticle() : drafts()).filter((draft) => typedIn(draft) && !shown.has(draft.key));
  for (const draft of others) list.append(item(draft, list));
  one("#lost").hidden = !others.length;
  for (const [at, draft] of others.entries()) await tell(list.children[at], draft);
}
const typedIn = ({ text, notes }) => [text, ...Object.values(notes ?? {})].filter(Boolean).join("\n");
function item(draft, list) {
  const made = one("#lost-item").content.firstElementChild.cloneNode(true);
  const path = draft.document.split("/").map(encodeURIComponent).join("/");
  one("a", made).href = `/u/${encodeURIComponent(draft.locale)}/${path}/${encodeURIComponent(draft.unit)}`;
  Object.assign(one(".text", made), { textContent: typedIn(draft), lang: draft.locale.replaceAll("_", "-") });
  one(".label", made).textContent = [main ? "" : draft.document, clock(draft.when), draft.source].filter(Boolean).join(" · ");
  const copy = one("[data-copy]", made);
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => { await navigator.clipboard.writeText(typedIn(draft)); say(_("Copied.")); });
  one("[data-discard]", made).addEventListener("click", () => {
    store.drop(draft.key);
    made.remove();
    one("#lost").hidden = !list.childElementCount;
  });
  return made;
}
async function tell(made, draft) {
  const answer = await fetch(one("a", made).href, { method: "HEAD", redirect: "manual" }).catch(() => null);
  if (!answer || (answer.status !== 404 && answer.status !== 410)) return;
  Object.assign(one("a", made), { href: `/?q=${encodeURIComponent(draft.source.slice(0, 60))}`, textContent: _("Search for its source") });
  one(".label", made).append(" ", make("b", { textContent: _("Its unit is no longer in the document") }));
}
