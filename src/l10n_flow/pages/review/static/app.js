"use strict";
// The review page's script: keys, drafts, notices. Everything it adds to can be done without it, by the forms.
(() => {
  const root = document.documentElement;
  const store = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch { /* leaving the page still warns */ } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } },
    keys() { try { return Object.keys(localStorage); } catch { return []; } },
  };
  const PREFIX = "l10n-flow:";

  // Before the first paint: the theme and what is hidden, so that nothing flashes.
  root.classList.add("script");
  function dress() {
    const theme = store.get(PREFIX + "theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme; else delete root.dataset.theme;
    root.classList.toggle("hide-others", store.get(PREFIX + "others") === "hidden");
  }
  dress();

  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (tag, properties = {}) => Object.assign(document.createElement(tag), properties);
  let words = {};
  let main = null;
  const _ = (sentence, values = {}) => (words[sentence] ?? sentence).replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
  function say(text, trouble = false) {
    const region = one("#say");
    if (!region) return;
    region.textContent = text;
    region.classList.toggle("trouble", trouble);
  }

  // Cards and their texts ---------------------------------------------------------------------------------------
  const cards = () => all("article.unit[data-unit]");
  const cardOf = (element) => element?.closest?.("article.unit[data-unit]") ?? null;
  const editorOf = (card) => one("textarea[name=text]", card);
  const saved = (area) => area.dataset.saved ?? area.defaultValue;
  const dirty = (area) => area.value !== saved(area);
  const current = () => cardOf(document.activeElement) ?? cardOf(one(":target"));

  // As workflow/status.py counts: of Chinese each Han character or full-width mark, each run of letters or digits.
  const wordsIn = (text) => (text.match(/[\p{L}\p{N}_]+(?:[’'.,:@\/-][\p{L}\p{N}_]+)*/gu) ?? []).length;
  const charactersIn = (text) => [...text.replace(/[A-Za-z0-9]+/g, "a").replace(/[^\S -~]+|[\x00-`b-\x7f]+/g, "")].length;
  // The editor's height, its count and its mark, after its text has changed.
  function refresh(card, area) {
    const [changed, mark, size] = [dirty(area), one(".unsaved", card), one(".size", card)];
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

  // Drafts: one per unit, kept in this browser until the server has acknowledged the text ------------------------
  const draftKey = (unit, ...more) => PREFIX + "draft:" + JSON.stringify([main.dataset.document, main.dataset.locale, unit, ...more]);
  function readDraft(key) {
    try { return JSON.parse(store.get(key)); } catch { return null; }
  }
  function keepDraft(card, area) {
    const key = draftKey(card.dataset.unit);
    const offered = one("[data-use]:not([hidden])", card) && readDraft(key);
    if (offered && offered.saved !== saved(area) && offered.text !== area.value) { // an older text than the one begun now: listed when the page is next loaded
      store.set(draftKey(card.dataset.unit, offered.when), JSON.stringify(offered));
    }
    if (!dirty(area)) { store.drop(key); return; }
    const draft = { text: area.value, base: card.dataset.base, saved: saved(area), when: Date.now() };
    store.set(key, JSON.stringify(draft));
  }
  const clock = (when) => new Date(when).toLocaleString(root.lang, { dateStyle: "medium", timeStyle: "short" });
  function draftNote(card, label, text, use) {
    const note = one("#draft-note").content.firstElementChild.cloneNode(true);
    const area = editorOf(card);
    one(".label", note).textContent = label;
    const shown = one(".text", note);
    shown.textContent = text;
    shown.hidden = !use;
    shown.lang = area.lang;
    const button = one("[data-use]", note);
    button.hidden = !use;
    button.addEventListener("click", () => { put(area, text); note.remove(); area.focus(); });
    one("[data-discard]", note).addEventListener("click", () => {
      if (!use || readDraft(draftKey(card.dataset.unit))?.text === text) store.drop(draftKey(card.dataset.unit));
      if (!use) { area.value = saved(area); refresh(card, area); }
      note.remove();
      area.focus();
    });
    one(".draft-slot", card)?.replaceChildren(note);
  }
  function restore(card, area) {
    const key = draftKey(card.dataset.unit);
    const draft = readDraft(key);
    if (!draft || card.classList.contains("conflict") || area.dataset.saved !== undefined) return;
    if (draft.text === saved(area)) { store.drop(key); return; }
    const when = clock(draft.when);
    if (draft.base === card.dataset.base || draft.saved === saved(area)) {
      area.value = draft.text;
      draftNote(card, _("Your unsaved text of {when} was put back.", { when }), draft.text, false);
    } else draftNote(card, _("Your unsaved text of {when}; the unit has changed since:", { when }), draft.text, true);
  }
  // Drafts of units that are not on this page: elsewhere in the document, or gone from it.
  async function listLost() {
    const [list, here] = [one("#lost ul"), new Set(cards().map((card) => draftKey(card.dataset.unit)))];
    const start = draftKey("").slice(0, -2);
    for (const key of store.keys().filter((key) => key.startsWith(start) && !here.has(key))) {
      const draft = readDraft(key);
      if (!draft) continue;
      const item = one("#lost-item").content.firstElementChild.cloneNode(true);
      const unit = JSON.parse(key.slice((PREFIX + "draft:").length))[2];
      const path = main.dataset.document.split("/").map(encodeURIComponent).join("/");
      const link = one("a", item);
      link.href = `/u/${encodeURIComponent(main.dataset.locale)}/${path}/${encodeURIComponent(unit)}`;
      one(".text", item).textContent = draft.text;
      one(".text", item).lang = main.dataset.lang;
      one("[data-discard]", item).addEventListener("click", () => {
        store.drop(key);
        item.remove();
        one("#lost").hidden = !list.childElementCount;
      });
      list.append(item);
      one("#lost").hidden = false;
      const answer = await fetch(link.href, { method: "HEAD", redirect: "manual" }).catch(() => null);
      if (answer && (answer.status === 404 || answer.status === 410)) {
        link.hidden = true;
        one(".label", item).textContent = _("Its unit is no longer in the document");
      }
    }
  }

  // Writing into an editor so that the browser's undo takes it back.
  function put(area, text, whole = true) {
    area.focus();
    if (whole) area.select();
    if (!document.execCommand("insertText", false, text)) {
      area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  function insert(card, button) {
    const area = editorOf(card);
    if (area) put(area, button.dataset.insert, "replace" in button.dataset);
  }

  // Setting up what is new on the page: all of it at first, a card after a save.
  const known = new WeakSet();
  function setUp() {
    for (const card of cards()) {
      const area = editorOf(card);
      if (!area || known.has(card)) continue;
      known.add(card);
      restore(card, area);
      refresh(card, area);
    }
  }

  // Moving ------------------------------------------------------------------------------------------------------
  function focusOn(card) {
    const target = editorOf(card) ?? one("button", card) ?? card;
    target.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    target.scrollIntoView({ block: "nearest" });
  }
  function neighbour(step, wanted = () => true) {
    const list = cards();
    const at = list.indexOf(current());
    const rest = step > 0 ? list.slice(at + 1) : list.slice(0, Math.max(at, 0)).reverse();
    return rest.find(wanted) ?? null;
  }
  function move(step, wanted) {
    const card = neighbour(step, wanted);
    if (card) { focusOn(card); return true; }
    say(_("No further unit on this page."));
    one(step > 0 ? "nav.pages [rel=next]" : "nav.pages [rel=prev]")?.focus();
    return false;
  }
  const waits = (card) => "needs" in card.dataset;

  // Saving ------------------------------------------------------------------------------------------------------
  const WITH_TEXT = new Set(["save", "needs-editing", "approve"]);
  const underWay = new Map(); // card to what was sent
  function act(card, action) {
    const button = one(`form button[name=action][value="${action}"]`, card);
    button?.click();
    return Boolean(button);
  }
  function actAndMove(card, action) {
    const next = neighbour(1);
    if (!act(card, action)) return;
    if (next) focusOn(next); else move(1);
  }
  function onConfig(event) {
    const card = cardOf(event.detail.elt);
    if (!card || event.detail.verb !== "post") return;
    const { parameters } = event.detail;
    if (underWay.has(card)) { event.preventDefault(); say(_("Saving …")); return; }
    const action = parameters.action;
    if (!WITH_TEXT.has(action)) delete parameters.text;
    const area = editorOf(card);
    underWay.set(card, { action, text: area?.value ?? "", dirty: Boolean(area) && dirty(area) });
    card.setAttribute("aria-busy", "true");
    say(_("Saving …"));
  }
  function onSwap(event) {
    const card = event.detail.target;
    const sent = underWay.get(card);
    const answer = event.detail.xhr;
    // An answer from elsewhere, such as the page to sign in, acknowledges nothing.
    if (sent && new URL(answer.responseURL, location).pathname !== "/edit") event.detail.shouldSwap = false;
    if (!event.detail.shouldSwap) return;
    if (event.detail.requestConfig.elt.dataset.choice === "theirs") store.drop(draftKey(card.dataset.unit));
    if (!sent) return;
    sent.focus = card.contains(document.activeElement) ? document.activeElement : null;
    sent.now = editorOf(card)?.value ?? "";
    const key = draftKey(card.dataset.unit);
    if (answer.status === 200 && WITH_TEXT.has(sent.action) && readDraft(key)?.text === sent.text) store.drop(key);
    sent.id = card.id;
    sent.state = card.dataset.state;
    sent.ok = answer.status === 200;
  }
  // The filters count what they would show; a save moves one unit from one to another.
  function recount(before, after) {
    const counted = (state) => one(`[data-count="${state}"]`);
    if (before !== after) for (const [state, by] of [[before, -1], [after, 1]]) {
      const count = counted(state);
      if (count) count.textContent = Number(count.textContent.replace(/\D/g, "")) + by;
    }
    const asked = new URLSearchParams(location.search);
    const left = one("#progress")?.dataset.left;
    if (left && counted("todo") && !["q", "since", "mine"].some((name) => asked.get(name))) counted("todo").textContent = left;
  }
  // After a swap: what was typed meanwhile, the focus where it was, or back where something went wrong.
  function afterSwap(card, sent) {
    const fresh = document.getElementById(sent.id);
    if (!fresh) return;
    const area = editorOf(fresh);
    recount(sent.state, fresh.dataset.state);
    for (const text of all(`[data-again="${fresh.dataset.unit}"] .target > .text`)) if (area) text.textContent = saved(area);
    const typed = sent.now !== sent.text || (sent.ok && !WITH_TEXT.has(sent.action) && sent.dirty);
    if (area && typed) {
      area.value = sent.now;
      keepDraft(fresh, area);
      refresh(fresh, area);
    }
    const elsewhere = document.activeElement;
    const typing = elsewhere?.matches?.("textarea") && dirty(elsewhere);
    if (sent.focus || (!sent.ok && !typing)) {
      const { name, value } = sent.focus ?? {};
      const same = name === "action" ? one(`button[name=action][value="${value}"]`, fresh) : null;
      if (same && sent.ok) same.focus({ preventScroll: true }); else focusOn(fresh);
    }
    one("#say").classList.toggle("trouble", !sent.ok);
    follow(fresh, sent.ok);
  }
  function onAfter(event) {
    const card = cardOf(event.detail.elt) ?? event.detail.target;
    const sent = underWay.get(card);
    if (!sent) return;
    underWay.delete(card);
    card.removeAttribute("aria-busy");
    const status = event.detail.xhr?.status ?? 0;
    if (sent.id) { afterSwap(card, sent); return; }
    const text = status ? _("Not saved ({status}). Your text is kept in this browser.", { status }) : _("Not saved: the server does not answer. Your text is kept in this browser.");
    const area = editorOf(card);
    if (area) keepDraft(card, area);
    say(text, true);
    one(".trouble-here", card)?.remove();
    one(".target", card)?.append(make("p", { className: "trouble-here", textContent: text }));
  }

  // Changes on disk ---------------------------------------------------------------------------------------------
  let looking = false;
  async function look() {
    if (looking || document.hidden || underWay.size) return;
    looking = true;
    try {
      const { document: name, locale } = main.dataset;
      const answer = await fetch(`/stamp?${new URLSearchParams({ document: name, locale })}`, { cache: "no-store" });
      const stamp = answer.ok ? (await answer.text()).trim() : main.dataset.stamp;
      if (stamp !== main.dataset.stamp && (await compare())) main.dataset.stamp = stamp;
    } catch { /* the next save tells */ } finally { looking = false; }
  }
  // Our own saves change the stamp as well: only units that are not as this page has them count.
  async function compare() {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok || underWay.size) return false;
    const now = new DOMParser().parseFromString(await answer.text(), "text/html");
    const there = new Map(all("article.unit[data-unit]", now).map((card) => [card.dataset.unit, card.dataset.base]));
    const differs = (card) => there.has(card.dataset.unit) ? there.get(card.dataset.unit) !== card.dataset.base : !("part" in main.dataset);
    const changed = cards().filter(differs);
    const added = "part" in main.dataset ? 0 : [...there.keys()].filter((unit) => !document.getElementById(`u-${unit}`)).length;
    for (const card of changed) {
      if (one(".stale-card", card)) continue;
      one(".target", card)?.prepend(make("p", { className: "stale-card", textContent: _("Changed elsewhere since you opened the page") }));
    }
    const banner = one("#changed");
    one(".number", banner).textContent = changed.length + added;
    banner.hidden = !(changed.length + added);
    return true;
  }
  let leaving = false;
  function reload() {
    leaving = true;
    try { sessionStorage.setItem(PREFIX + "focus", current()?.dataset.unit ?? ""); } catch { /* only the focus */ }
    location.reload();
  }

  // Preview -----------------------------------------------------------------------------------------------------
  function follow(card, anew = false) {
    const frame = one("#preview:not([hidden]) iframe");
    if (!frame || !card) return;
    const address = `${one("#preview-link").getAttribute("href")}#${card.id}`;
    if (!frame.getAttribute("src")) { frame.src = address; return; }
    try {
      frame.contentWindow.location.replace(address);
      if (anew) frame.contentWindow.location.reload();
    } catch { frame.src = address; }
  }
  function preview(shown) {
    one("#preview").hidden = !shown;
    root.classList.toggle("previewing", shown);
    if (shown) follow(current() ?? cards()[0]); else one("#preview-link").focus();
  }

  // The insert palette ------------------------------------------------------------------------------------------
  function palette(card) {
    const [box, choices] = [one("#insert"), all("[data-insert]", card)];
    if (!choices.length) { say(_("There is no term or match for this unit.")); return; }
    one("ol", box).replaceChildren(...choices.slice(0, 9).map((choice) => {
      const textContent = choice.dataset.insert + (choice.dataset.score ? ` · ${choice.dataset.score} %` : "");
      const [item, button] = [make("li"), make("button", { type: "button", textContent, lang: editorOf(card)?.lang ?? "" })];
      button.addEventListener("click", () => { box.close(); insert(card, choice); });
      item.append(button);
      return item;
    }));
    box.returnTo = editorOf(card);
    box.showModal();
    one("li button", box).focus();
  }
  function paletteKey(event) {
    const buttons = all("#insert li button");
    const at = buttons.indexOf(document.activeElement);
    if (/^[1-9]$/.test(event.key)) buttons[event.key - 1]?.click();
    else if (event.key === "ArrowDown") buttons[(at + 1) % buttons.length]?.focus();
    else if (event.key === "ArrowUp") buttons[(at - 1 + buttons.length) % buttons.length]?.focus();
    else return;
    event.preventDefault();
  }

  // Keys --------------------------------------------------------------------------------------------------------
  const inField = (element) => Boolean(element?.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]"));
  function chord(event, card) {
    const { key, altKey, shiftKey } = event;
    const command = event.ctrlKey || event.metaKey;
    if (key === "Enter" && command && !altKey && card) {
      if (event.target.name === "note") event.target.form.querySelector("[value=note], [value=ignore]")?.click();
      else if (shiftKey && !one("form button[value=approve]", card)) return false;
      else actAndMove(card, shiftKey ? "approve" : "save");
    } else if (!altKey || command || (!card && inField(event.target))) return false;
    else if (key === "ArrowDown" && !shiftKey) move(1);
    else if (key === "ArrowUp" && !shiftKey) move(-1);
    else if (key === "PageDown") move(1, waits);
    else if (key === "Enter" && card && shiftKey) openNote(card);
    else if (key === "Enter" && card) palette(card);
    else if (key === "ArrowUp" && card) return act(card, "unjoin") || act(card, "join");
    else return false;
    return true;
  }
  function openNote(card) {
    const box = one("details.more", card);
    if (!box) return;
    box.open = true;
    one("textarea[name=note]", box)?.focus();
  }
  function letter(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || inField(event.target) || store.get(PREFIX + "letters") === "off") return false;
    if (event.key === "?") one("#help").showModal();
    else if (event.key === "/") one("#search")?.focus();
    else if (event.key === "j" || event.key === "k") {
      const card = neighbour(event.key === "j" ? 1 : -1);
      card?.focus({ preventScroll: true });
      card?.scrollIntoView({ block: "nearest" });
    } else return false;
    return true;
  }
  function onKey(event) {
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

  // A three-way merge for the usual case: each changed one place, and not the same.
  function edit(base, text) {
    let [start, end] = [0, 0];
    const least = Math.min(base.length, text.length);
    while (start < least && base[start] === text[start]) start += 1;
    while (end < least - start && base[base.length - 1 - end] === text[text.length - 1 - end]) end += 1;
    return { from: start, to: base.length - end, text: text.slice(start, text.length - end) };
  }
  function merge(card) {
    const area = editorOf(card);
    const base = readDraft(draftKey(card.dataset.unit))?.saved;
    const [first, second] = [edit(base ?? "", area.value), edit(base ?? "", saved(area))].sort((a, b) => a.from - b.from || a.to - b.to);
    const clean = Boolean(base) && first.to < second.from;
    if (clean) put(area, base.slice(0, first.from) + first.text + base.slice(first.to, second.from) + second.text + base.slice(second.to));
    say(clean ? _("Both changes are in the text. Read it, then save.") : _("Both changed the same place. Edit the text, then save."));
    area.focus();
  }

  function onClick(event) {
    const card = cardOf(event.target);
    const choice = event.target.closest("[data-insert]");
    if (choice && card) insert(card, choice);
    if (event.target.closest("[data-choice=merge]")) merge(card);
    for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  }
  function onInput(event) {
    const card = cardOf(event.target);
    if (!card || event.target.name !== "text") return;
    one(".trouble-here", card)?.remove();
    keepDraft(card, event.target);
    refresh(card, event.target);
  }
  // What is approved is what the page shows now, not what it showed when it was loaded.
  function onSubmit(event) {
    const pairs = event.target.matches("[data-approve-shown]") && one(".pairs", event.target);
    if (!pairs) return;
    const ready = cards().filter((card) => card.matches("[data-state=translated]:not(.dirty, [data-stale], .conflict)"));
    pairs.replaceChildren(...ready.flatMap((card) => [["unit", card.dataset.unit], ["base", card.dataset.base]]).map(
      ([name, value]) => make("input", { type: "hidden", name, value })));
  }
  const unsaved = () => all("article.unit textarea").some((area) => dirty(area) && !area.readOnly);

  function startArticle() {
    main.dataset.lang = one("textarea[name=text]")?.lang ?? "";
    setUp();
    listLost();
    let focused = "";
    try { focused = sessionStorage.getItem(PREFIX + "focus"); sessionStorage.removeItem(PREFIX + "focus"); } catch { /* only the focus */ }
    const first = (focused && document.getElementById(`u-${focused}`)) || cardOf(one(":target"));
    if (first) focusOn(first);
    // The browser takes the focus to the address's target when all is loaded; the editor is where one wants to be.
    // The bar wraps on narrow screens; what comes into view must stay clear of it.
    new ResizeObserver(([{ target }]) => root.style.setProperty("--bar", `${target.offsetHeight}px`)).observe(one(".sticky"));
    const enter = () => { if (document.activeElement?.matches("article.unit")) focusOn(document.activeElement); };
    addEventListener("load", () => setTimeout(enter));
    addEventListener("hashchange", () => setTimeout(enter));
    document.addEventListener("input", onInput);
    document.addEventListener("submit", onSubmit, true);
    document.addEventListener("focusin", (event) => follow(cardOf(event.target)));
    document.addEventListener("htmx:configRequest", onConfig);
    document.addEventListener("htmx:beforeSwap", onSwap);
    document.addEventListener("htmx:load", setUp);
    document.addEventListener("htmx:afterRequest", onAfter);
    addEventListener("beforeunload", (event) => { if (!leaving && unsaved()) event.preventDefault(); });
    addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    setInterval(look, 10000);
    one("#changed button").addEventListener("click", reload);
    one("#preview-link").addEventListener("click", (event) => { event.preventDefault(); preview(one("#preview").hidden); });
    one("#preview-close").addEventListener("click", () => preview(false));
    one("#help-button").addEventListener("click", () => one("#help").showModal());
    one("#insert").addEventListener("close", (event) => event.target.returnTo?.focus());
  }
  function setting(id, key, read, write) {
    const box = one(id);
    if (!box) return;
    read(box, store.get(PREFIX + key));
    box.addEventListener("change", () => { store.set(PREFIX + key, write(box)); dress(); });
  }
  document.addEventListener("DOMContentLoaded", () => {
    words = JSON.parse(document.body.dataset.words || "{}");
    setting("#theme", "theme", (box, value) => { box.value = value ?? "system"; }, (box) => box.value);
    setting("#hide-others", "others", (box, value) => { box.checked = value === "hidden"; }, (box) => box.checked ? "hidden" : "shown");
    setting("#letters", "letters", (box, value) => { box.checked = value !== "off"; }, (box) => box.checked ? "on" : "off");
    document.addEventListener("keydown", onKey);
    document.addEventListener("click", onClick);
    main = one("#units");
    if (main && one("#draft-note")) startArticle();
  });
})();
