// The keys: none that browsers or input methods use, and none while an input method composes.
import { _, one, say, store } from "./dom.js";
import { cardOf } from "./cards.js";
import { nextCode, palette, paletteKey } from "./inserting.js";
import { focusOn, move, neighbour, openNote, waits } from "./moving.js";
import { act, actAndMove, undo } from "./saving.js";

const inField = (element) => Boolean(element?.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]"));

function enter(event, card) {
  if (event.target.name === "note") event.target.form.querySelector("[value=note], [value=ignore]")?.click();
  else if (!actAndMove(card, event.shiftKey ? "approve" : "save") && event.shiftKey) say(_("You cannot approve this unit; save it with Ctrl+Enter."), true);
}
function chord(event, card) {
  const { key, altKey, shiftKey } = event;
  const command = event.ctrlKey || event.metaKey;
  if (key === "Enter" && command && !altKey && card) enter(event, card);
  else if (key === "F8" && card && !altKey && !command && !shiftKey) nextCode(card);
  else if (!altKey || command || (!card && inField(event.target))) return false;
  else if (key === "ArrowDown" && !shiftKey) move(1);
  else if (key === "ArrowUp" && !shiftKey) move(-1);
  else if (key === "PageDown") move(1, waits);
  else if (key === "Enter" && card && shiftKey) openNote(card);
  else if (key === "Enter" && card) palette(card);
  else if (key === "ArrowUp" && card) join(card);
  else if (key === "ArrowDown") undo();
  else return false;
  return true;
}
function join(card) {
  if (!act(card, "unjoin") && !act(card, "join")) say(_("Only a unit without a text, and not the first of its block, can be joined with the one above."), true);
}
function letter(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || inField(event.target) || store.get("letters") === "off") return false;
  if (event.key === "?") one("#help")?.showModal();
  else if (event.key === "/") one("#search")?.focus();
  else if (event.key === "j" || event.key === "k") {
    const card = neighbour(event.key === "j" ? 1 : -1);
    card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: "nearest" });
  } else return false;
  return true;
}
export function onKey(event) {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  if (one("dialog[open]")) { if (one("#insert[open]")) paletteKey(event); return; }
  const card = cardOf(event.target);
  if (event.key === "Escape") {
    const menu = event.target.closest?.("details.menu[open]");
    if (menu) { menu.open = false; one("summary", menu).focus(); } else if (inField(event.target)) cardOf(event.target)?.focus();
  } else if (event.key === "Enter" && card && event.target === card && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    focusOn(card);
  } else if (chord(event, card) || letter(event)) event.preventDefault();
}
