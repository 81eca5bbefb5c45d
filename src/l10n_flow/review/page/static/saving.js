// Saving: one request at a time for each card. The page shows the result, and the focus stays in the editor.
import { _, all, make, one, say } from "./dom.js";
import { cardOf, current, dirty, editorOf, notesOf, putNotes, refresh, saved } from "./cards.js";
import * as drafts from "./drafts.js";
import { focusOn, move, neighbour, openNote, reveal } from "./moving.js";
import { follow } from "./preview.js";

const WITH_TEXT = new Set(["save", "needs-editing", "approve"]);
const WITH_NOTE = new Set(["note", "reject"]);
const underWay = new Map(); // from a card to the values that were sent
export const busy = () => underWay.size > 0;

export function act(card, action) {
  const button = one(`form button[name=action][value="${action}"]:not([disabled])`, card);
  button?.click();
  return Boolean(button);
}
export function actAndMove(card, action) {
  const next = neighbour(1);
  if (!act(card, action)) return false;
  if (one(".ask-first", card)) return true; // the card waits for an answer
  if (next) focusOn(next); else move(1);
  return true;
}
// Undo the last save, wherever the focus is.
let last = "";
export function undo() {
  const card = document.getElementById(last);
  if (!card || !act(card, "undo")) say(_("There is nothing to undo."));
  else card.scrollIntoView({ block: "nearest" });
}
// A save over an approved text removes the approval, and an empty field removes the text: ask first.
function question(card, action, area) {
  // In a conflict, the reader has seen both texts.
  if (!area || !WITH_TEXT.has(action) || !dirty(area) || card.classList.contains("conflict")) return "";
  if (!area.value.trim()) return action === "approve" ? "" : _("The field is empty. Save without a translation?");
  return card.dataset.state === "approved" ? _("This text is approved. Save another one over it? The approval goes.") : "";
}
function ask(card, action, asked) {
  one(".ask-first", card)?.remove();
  const yes = make("button", { type: "button", textContent: _("Save all the same") });
  const no = make("button", { type: "button", textContent: _("Do not save") });
  const box = make("div", { className: "ask-first" });
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", asked);
  box.append(make("p", { className: "alert", textContent: asked }), yes, " ", no);
  yes.addEventListener("click", () => { card.dataset.sure = action; box.remove(); act(card, action); });
  no.addEventListener("click", () => { box.remove(); focusOn(card); });
  one("form", card).append(box);
  say(asked, true);
  yes.focus();
}
function hides(card, action) {
  const area = editorOf(card);
  return action === "join" && area && dirty(area);
}
function onConfig(event) {
  const card = cardOf(event.detail.elt);
  if (!card || event.detail.verb !== "post") return;
  const { parameters } = event.detail;
  const { action } = parameters;
  if (underWay.has(card)) { event.preventDefault(); say(_("Saving …")); return; }
  if (hides(card, action)) { event.preventDefault(); say(_("There is unsaved text in this unit; save or delete it first."), true); return; }
  if (!WITH_TEXT.has(action)) delete parameters.text;
  const area = editorOf(card);
  const asked = card.dataset.sure === action ? "" : question(card, action, area);
  delete card.dataset.sure;
  if (asked) { event.preventDefault(); ask(card, action, asked); return; }
  const before = area ? saved(area) : "";
  const { base, rule = "" } = parameters;
  underWay.set(card, { action, rule, base, text: area?.value ?? "", dirty: Boolean(area) && dirty(area), before });
  card.setAttribute("aria-busy", "true");
  say(_("Saving …"));
}
function onSwap(event) {
  const card = event.detail.target;
  const sent = underWay.get(card);
  const answer = event.detail.xhr;
  // Another answer, such as the login page, does not mean that the text is saved.
  if (sent && new URL(answer.responseURL, location).pathname !== "/edit") event.detail.shouldSwap = false;
  if (!event.detail.shouldSwap) return;
  if (event.detail.requestConfig.elt.dataset.choice === "theirs") drafts.discard(card);
  if (!sent) return;
  sent.focus = card.contains(document.activeElement) ? document.activeElement : null;
  sent.now = editorOf(card)?.value ?? "";
  sent.notes = notesOf(card);
  sent.ok = answer.status === 200;
  if (sent.ok) { drafts.acknowledged(card); last = card.id; }
  if (sent.ok) delete sent.notes[sent.rule]; // a save sends the note too
  sent.id = card.id;
  sent.state = card.dataset.state;
  sent.rules = rulesOf(card);
  sent.noted = noted(card);
}

// Each filter shows its number of units; a save moves a unit from one filter to another.
const noted = (card) => Number(all(".thread > li:not(.resolved)", card).length > 0);
const rulesOf = (card) => new Set(all(".remarks > li:not(.ignored) code", card).map((code) => code.textContent));
function count(selector, by) {
  const shown = one(selector);
  if (shown) shown.textContent = Number(shown.textContent.replace(/\D/g, "")) + by;
}
function recount(sent, fresh) {
  const [before, after] = [sent.state, fresh.dataset.state];
  if (before !== after) { count(`[data-count="${before}"]`, -1); count(`[data-count="${after}"]`, 1); }
  count('[data-count="noted"]', noted(fresh) - sent.noted);
  const rules = rulesOf(fresh);
  for (const rule of sent.rules) if (!rules.has(rule)) count(`[data-count-rule="${rule}"]`, -1);
  for (const rule of rules) if (!sent.rules.has(rule)) count(`[data-count-rule="${rule}"]`, 1);
  count('[data-count-rule="any"]', Number(rules.size > 0) - Number(sent.rules.size > 0));
  const asked = new URLSearchParams(location.search);
  const [left, todo] = [one("#progress")?.dataset.left, one('[data-count="todo"]')];
  if (left && todo && !["q", "since", "mine"].some((name) => asked.get(name))) todo.textContent = left;
}

// After a card is replaced: put back text that was typed meanwhile, and the focus; after an error, focus the card.
function afterSwap(sent) {
  const fresh = document.getElementById(sent.id);
  if (!fresh) return;
  const area = editorOf(fresh);
  recount(sent, fresh);
  for (const text of all(`[data-again="${fresh.dataset.unit}"] .target > .text`)) if (area) text.textContent = saved(area);
  if (fresh.classList.contains("conflict")) fresh.dataset.ancestor = sent.before;
  putNotes(fresh, sent.notes);
  const typed = sent.now !== sent.text || (!WITH_TEXT.has(sent.action) && sent.dirty);
  if (area && typed) {
    area.value = sent.now;
    refresh(fresh, area);
    // The typed text was made from another text than the saved one, so its save has to be a conflict.
    if (saved(area) !== (sent.ok && WITH_TEXT.has(sent.action) ? sent.text : sent.before)) rebase(fresh, sent.base);
  }
  drafts.keep(fresh);
  if (!sent.ok && WITH_NOTE.has(sent.action)) openNote(fresh); else settle(sent, fresh);
  one("#say").classList.toggle("trouble", !sent.ok);
  follow(current() ?? fresh, sent.ok);
}
function rebase(card, base) {
  card.dataset.base = base;
  for (const field of all("[name=base]", card)) field.value = base;
}
function settle(sent, fresh) {
  const elsewhere = document.activeElement;
  const typing = elsewhere?.matches?.("textarea") && dirty(elsewhere);
  if (sent.focus || (!sent.ok && !typing)) {
    const { name, value } = sent.focus ?? {};
    const same = name === "action" ? one(`button[name=action][value="${value}"]`, fresh) : null;
    if (same && sent.ok && !same.closest("details:not([open])")) same.focus({ preventScroll: true }); else focusOn(fresh);
  } else if (cardOf(elsewhere)) elsewhere.scrollIntoView({ block: "nearest" }); // a card above it may be larger now
}
function failed(card, answer) {
  const told = answer?.getResponseHeader("Content-Type")?.startsWith("text/plain") ? answer.responseText : "";
  const status = answer?.status ?? 0;
  const kept = status ? _("Not saved ({status}). Your text is kept in this browser.", { status }) : _("Not saved: the server does not answer. Your text is kept in this browser.");
  const text = told ? _("{told} Your text is kept in this browser.", { told }) : kept;
  drafts.keep(card);
  say(text, true);
  one(".trouble-here", card)?.remove();
  one(".target", card)?.append(make("p", { className: "trouble-here", textContent: text }));
}
function onAfter(event) {
  const { elt, target, xhr, requestConfig } = event.detail;
  if (requestConfig?.verb === "get") { afterLook(requestConfig.elt, target); return; }
  const card = cardOf(elt) ?? target;
  const sent = underWay.get(card);
  if (!sent) return;
  underWay.delete(card);
  card.removeAttribute("aria-busy");
  if (sent.id) afterSwap(sent); else failed(card, xhr);
}
// Focus the part that has replaced the link with the focus.
function afterLook(elt, target) {
  if (elt.dataset.choice === "theirs") {
    const fresh = document.getElementById(target.id);
    if (!fresh) return;
    say(_("The text is as it is now on the disk."));
    focusOn(fresh);
  } else if (elt.classList.contains("memory")) { if (elt.contains(document.activeElement) || cardOf(elt) === current()) reveal(elt); } else if (elt.dataset.history) one(".revisions, .no-history", document.getElementById(elt.dataset.history))?.focus();
}

export function start() {
  document.addEventListener("htmx:configRequest", onConfig);
  document.addEventListener("htmx:beforeSwap", onSwap);
  document.addEventListener("htmx:afterRequest", onAfter);
  document.addEventListener("toggle", ({ target }) => { if (target.open && cardOf(target)) reveal(target); }, true);
}
