"use strict";
// Set the theme and hide other languages before the first paint. The rest runs when the page has loaded.
(() => {
  const kept = (name) => { try { return localStorage.getItem(`l10n-flow:${name}`); } catch { return null; } };
  const root = document.documentElement;
  root.classList.add("script");
  const theme = kept("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  root.classList.toggle("hide-others", kept("others") === "hidden");
})();
