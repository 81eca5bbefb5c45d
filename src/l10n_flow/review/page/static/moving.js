// Move the focus from unit to unit.
import { _, all, one, say } from "./dom.js";
import { cards, current, editorOf } from "./cards.js";

export function focusOn(card) {
  const target = editorOf(card) ?? one("button", card) ?? card;
  target.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
  target.scrollIntoView({ block: "nearest" });
}
// What opens below is seen: into the window with it, and with the editor as far as both have room.
export function reveal(element) {
  element.scrollIntoView({ block: "nearest" });
  const area = document.activeElement;
  if (area?.matches("textarea") && element.closest("article.unit")?.contains(area)) area.scrollIntoView({ block: "nearest" });
}
export function openNote(card) {
  const box = one("details.more", card);
  if (!box) return;
  box.open = true;
  one("textarea[name=note]", box)?.focus();
}
export function neighbour(step, wanted = () => true) {
  const list = cards();
  const at = list.indexOf(current());
  const rest = step > 0 ? list.slice(at + 1) : list.slice(0, Math.max(at, 0)).reverse();
  return rest.find(wanted) ?? null;
}
export function move(step, wanted) {
  const card = neighbour(step, wanted);
  if (card) { focusOn(card); return; }
  say(_("No further unit on this page."));
  all(step > 0 ? "nav.pages [rel=next]" : "nav.pages [rel=prev]")[0]?.focus();
}
export const waits = (card) => "needs" in card.dataset;
