// Insert into an editor: terms, matches, inline codes, fixes of findings, the texts of a conflict.
import { _, all, make, one, say } from "./dom.js";
import { editorOf, put, saved } from "./cards.js";

export function insert(card, button) {
  const area = editorOf(card);
  if (!area) return;
  if ("sign" in button.dataset) around(area, button.dataset); else if ("replace" in button.dataset) put(area, button.dataset.insert); else put(area, button.dataset.insert, area.selectionStart, area.selectionEnd);
}

// Insert an inline code: a pair encloses the selection; without a selection, the cursor stands inside the pair.
function around(area, { insert: whole, behind }) {
  const [from, to] = [area.selectionStart, area.selectionEnd];
  const before = whole.slice(0, whole.length - behind.length);
  put(area, before + (behind ? area.value.slice(from, to) : "") + behind, from, to);
  if (behind && from === to) area.setSelectionRange(from + before.length, from + before.length);
}
// Insert the next code that the text has less often than the source.
export function nextCode(card) {
  const area = editorOf(card);
  const codes = all(".insert.code", card);
  const code = codes.find(({ dataset }) => area && area.value.split(dataset.sign).length - 1 < Number(dataset.times) * signs(dataset));
  if (code) around(area, code.dataset); else say(codes.length ? _("The text has all codes of the source.") : _("The source has no code to insert."));
}
const signs = ({ insert: whole, sign }) => whole.split(sign).length - 1;

// A fix is for the saved text; its places are counted in code points.
export function fix(card, button) {
  const area = editorOf(card);
  const { fixStart, fixEnd, fixWas, fixText } = button.dataset;
  const points = [...area.value];
  if (points.slice(fixStart, fixEnd).join("") !== fixWas || points.length < Number(fixEnd)) {
    say(_("The text has changed at this place; the fix does not fit any more."), true);
    return;
  }
  const at = points.slice(0, fixStart).join("").length;
  put(area, fixText, at, at + fixWas.length);
  say(_("The fix is in the text. Read it, then save."));
}

// Put an earlier text, or that of a branch, into the editor, where the reader can save it.
export function restore(card, text) {
  const area = editorOf(card);
  if (!area) { say(_("It has no text of its own; separate it from the unit above first."), true); return; }
  put(area, text);
  say(_("The text is in the editor. Read it, then save."));
}

// The dialog with all that the card offers to insert; digits and arrows choose.
export function palette(card) {
  const box = one("#insert");
  const choices = all("[data-insert]", card).sort((a, b) => Number(b.dataset.score ?? 0) - Number(a.dataset.score ?? 0)); // matches, then terms
  if (!choices.length) { say(_("There is no term or match for this unit.")); return; }
  one("ol", box).replaceChildren(...choices.slice(0, 9).map((choice) => {
    const textContent = choice.dataset.insert + (choice.dataset.score ? ` · ${choice.dataset.score} %` : "");
    const [item, button] = [make("li"), make("button", { type: "button", textContent, lang: editorOf(card)?.lang ?? "" })];
    button.addEventListener("click", () => { box.close(); insert(card, choice); });
    item.append(button);
    if (choice.dataset.note) item.append(make("span", { className: "quiet", textContent: choice.dataset.note }));
    return item;
  }));
  box.returnTo = editorOf(card);
  box.showModal();
  one("li button", box).focus();
}
export function paletteKey(event) {
  const buttons = all("#insert li button");
  const at = buttons.indexOf(document.activeElement);
  if (/^[1-9]$/.test(event.key)) buttons[event.key - 1]?.click();
  else if (event.key === "ArrowDown") buttons[(at + 1) % buttons.length]?.focus();
  else if (event.key === "ArrowUp") buttons[(at - 1 + buttons.length) % buttons.length]?.focus();
  else return;
  event.preventDefault();
}

// A three-way merge for the usual case: each side has changed one place, and the places differ.
function edit(base, text) {
  let [begin, end] = [0, 0];
  const least = Math.min(base.length, text.length);
  while (begin < least && base[begin] === text[begin]) begin += 1;
  while (end < least - begin && base[base.length - 1 - end] === text[text.length - 1 - end]) end += 1;
  return { from: begin, to: base.length - end, text: text.slice(begin, text.length - end) };
}
export function merge(card, button) {
  const area = editorOf(card);
  const base = button.dataset.base ?? card.dataset.ancestor ?? "";
  const texts = [button.dataset.one ?? area.value, button.dataset.two ?? saved(area)];
  const [first, second] = texts.map((text) => edit(base, text)).sort((a, b) => a.from - b.from || a.to - b.to);
  const clean = Boolean(base) && first.to < second.from;
  if (clean) put(area, base.slice(0, first.from) + first.text + base.slice(first.to, second.from) + second.text + base.slice(second.to));
  say(clean ? _("Both changes are in the text. Read it, then save.") : _("Both changed the same place. Edit the text, then save."));
  area.focus();
}
export function start() {
  one("#insert").addEventListener("close", (event) => event.target.returnTo?.focus());
}
