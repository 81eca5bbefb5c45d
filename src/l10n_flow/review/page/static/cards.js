// The cards of the units, and their texts.
import { _, all, one } from "./dom.js";

export const cards = () => all("article.unit[data-unit]");
export const cardOf = (element) => element?.closest?.("article.unit[data-unit]") ?? null;
export const editorOf = (card) => one("textarea[name=text]", card);
export const saved = (area) => area.dataset.saved ?? area.defaultValue;
export const dirty = (area) => area.value !== saved(area);
export const current = () => cardOf(document.activeElement) ?? cardOf(one(":target"));
export const unsaved = () => cards().some((card) => card.classList.contains("dirty"));

// The texts that are typed as the note of a unit ("") and as the reasons to ignore findings (by rule).
const noteFields = (card) => all("[name=note]", card).map((field) => [one("[name=rule]", field.form)?.value ?? "", field]);
export const notesOf = (card) => Object.fromEntries(noteFields(card).filter(([, field]) => field.value.trim()).map(([rule, field]) => [rule, field.value]));
export function putNotes(card, notes) {
  for (const [rule, field] of noteFields(card)) {
    if (!notes[rule] || field.value.includes(notes[rule])) continue;
    field.value = [field.value, notes[rule]].filter(Boolean).join("\n");
    const box = field.closest("details");
    if (box) box.open = true;
  }
}

// Count as project/status.py does: in Chinese, each Han character or full-width mark, and each run of letters or digits.
const wordsIn = (text) => (text.match(/[\p{L}\p{N}_]+(?:[’'.,:@/-][\p{L}\p{N}_]+)*/gu) ?? []).length;
// oxlint-disable-next-line no-control-regex -- ASCII without the letter that replaces a run
const charactersIn = (text) => [...text.replace(/[A-Za-z0-9]+/g, "a").replace(/[^\S -~]+|[\x00-`b-\x7f]+/g, "")].length;

// Update the height, the count and the mark of an editor after its text has changed.
export function refresh(card, area) {
  const [changed, mark, size] = [dirty(area), one(".unsaved", card), one(".row .size", card)];
  card.classList.toggle("dirty", changed);
  if (mark) mark.hidden = !changed;
  if (size) {
    size.dataset.saved ??= size.textContent;
    const inWords = size.dataset.words === "1";
    const n = (inWords ? wordsIn : charactersIn)(area.value);
    const counted = inWords ? _("Words: {n}", { n }) : _("Characters: {n}", { n });
    size.textContent = changed ? counted : size.dataset.saved;
  }
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

// Write into an editor so that the browser can undo it.
export function put(area, text, start = 0, end = area.value.length) {
  area.focus();
  area.setSelectionRange(start, end);
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
