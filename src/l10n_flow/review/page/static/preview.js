// The preview beside the units. It scrolls to the unit that has the focus.
import { one, root } from "./dom.js";
import { cards, current } from "./cards.js";

export function follow(card, anew = false) {
  const frame = one("#preview:not([hidden]) iframe");
  if (!frame || !card) return;
  const address = `${one("#preview-link").getAttribute("href")}#${card.id}`;
  if (!frame.getAttribute("src")) { frame.src = address; return; }
  try {
    frame.contentWindow.location.replace(address);
    if (anew) frame.contentWindow.location.reload();
  } catch { frame.src = address; }
}
function show(shown) {
  one("#preview").hidden = !shown;
  root.classList.toggle("previewing", shown);
  if (shown) follow(current() ?? cards()[0]); else one("#preview-link").focus();
}
export function start() {
  one("#preview-link").addEventListener("click", (event) => { event.preventDefault(); show(one("#preview").hidden); });
  one("#preview-close").addEventListener("click", () => show(false));
}
