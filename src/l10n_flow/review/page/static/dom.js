// Helpers: find and make elements, store values in the browser, show a message in the language of the interface.
export const root = document.documentElement;
export const one = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];
export const make = (tag, properties = {}) => Object.assign(document.createElement(tag), properties);

// The list of units of an article; null on the other pages.
export const main = one("#units");

export const PREFIX = "l10n-flow:";
export const store = {
  get(key) { try { return localStorage.getItem(PREFIX + key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(PREFIX + key, value); return true; } catch { return false; } },
  drop(key) { try { localStorage.removeItem(PREFIX + key); } catch { /* nothing is stored */ } },
  keys() { try { return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length)); } catch { return []; } },
};

const words = JSON.parse(document.body.dataset.words || "{}");
export const _ = (sentence, values = {}) => (words[sentence] ?? sentence).replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");

export function say(text, trouble = false) {
  const region = one("#say");
  if (!region) return;
  region.textContent = text;
  region.classList.toggle("trouble", trouble);
}

