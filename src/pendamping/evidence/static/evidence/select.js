/* A place of a text that is marked with mouse or finger becomes the passage; without this file sentences are ticked. */
(() => {
  "use strict";
  const form = document.querySelector("form.coding");
  if (!form) return;
  const exact = form.querySelector("input[name=x]");
  const told = form.querySelector("[data-chosen]");
  const points = (text) => Array.from(text).length; // code points, as the server counts

  // where a point of the page lies in the text, or null where it lies outside
  const place = (node, offset) => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const line = element.closest("[data-start]");
    if (!line || !form.contains(line)) return null;
    const range = document.createRange();
    range.selectNodeContents(line);
    range.setEnd(node, offset);
    return Number(line.dataset.start) + points(range.toString());
  };
  const marked = () => {
    const chosen = document.getSelection();
    if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return null;
    const range = chosen.getRangeAt(0);
    const start = place(range.startContainer, range.startOffset);
    const end = place(range.endContainer, range.endOffset);
    return start === null || end === null || end <= start ? null : [start, end, chosen.toString()];
  };
  const say = (found) => {
    exact.disabled = !found;
    exact.value = found ? `${found[0]}-${found[1]}` : "";
    const text = found ? found[2].replace(/\s+/g, " ").trim() : "";
    told.textContent = found ? told.dataset.chosen.replace("{text}", text.length > 80 ? `${text.slice(0, 79)}…` : text) : "";
  };
  document.addEventListener("selectionchange", () => {
    const found = marked();
    if (found) say(found);
  });
  // marking words with the mouse must not tick their sentence; ticking one forgets what was marked
  form.addEventListener("click", (event) => {
    if (event.target.closest(".choice") && marked()) event.preventDefault();
  });
  form.addEventListener("change", (event) => {
    if (event.target.name === "s") say(null);
  });
})();
