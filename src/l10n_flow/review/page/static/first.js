"use strict";
// Before the first paint: the theme and what is hidden, so that nothing flashes. All else waits for the page.
(() => {
  const kept = (name) => { try { return localStorage.getItem(`l10n-flow:${name}`); } catch { return null; } };
  const root = document.documentElement;
  root.classList.add("script");
  const theme = kept("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  root.classList.toggle("hide-others", kept("others") === "hidden");
})();
