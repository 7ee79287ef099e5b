/* Pendamping: comforts only. Every page works without this file. */
(() => {
  "use strict";
  const all = (query, root = document) => root.querySelectorAll(query);

  // <input data-filter="table-id">: hides rows that do not hold the typed words
  const filter = (input) => {
    const table = document.getElementById(input.dataset.filter);
    if (!table) return;
    const words = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of all("tbody tr", table)) {
      const text = row.textContent.toLocaleLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) shown += 1;
    }
    const count = document.getElementById(`${input.dataset.filter}-count`);
    if (count) count.textContent = count.dataset.text.replace("{n}", shown);
  };
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-filter]")) filter(event.target);
  });
  for (const box of all("[data-filter-box]")) box.hidden = false;

  // under a day that is typed, the same day in words: browsers show 12/08 or 08/12 by their own language
  const say = (input) => {
    let words = input.nextElementSibling;
    if (!words) {
      words = document.createElement("p");
      words.className = "hint";
      words.setAttribute("role", "status");
      input.after(words);
    }
    const day = input.value && new Date(`${input.value}T00:00`);
    const parts = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
    words.textContent = day ? day.toLocaleDateString(document.documentElement.lang, parts) : "";
  };
  for (const input of all(".short > input[type=date]")) say(input);
  document.addEventListener("input", (event) => {
    if (event.target.matches(".short > input[type=date]")) say(event.target);
  });

  // <form data-tally>: what notes and coins come to while they are typed; <input data-times="500">,
  // its row's [data-line], and below [data-total] and, beside data-against="12000", [data-off]
  const rupiah = (amount) => `${amount < 0 ? "-" : ""}Rp\u00a0${Math.abs(amount).toLocaleString("id-ID")}`;
  const tally = (form) => {
    let total = 0;
    for (const input of all("[data-times]", form)) {
      const sum = (Number.parseInt(input.value, 10) || 0) * Number(input.dataset.times);
      total += sum;
      input.closest("li").querySelector("[data-line]").textContent = sum ? rupiah(sum) : "–";
    }
    form.querySelector("[data-total]").textContent = rupiah(total);
    const off = form.querySelector("[data-off]");
    if (off) off.textContent = total ? rupiah(total - Number(off.dataset.against)) : "–";
  };
  for (const form of all("form[data-tally]")) {
    tally(form);
    form.addEventListener("input", (event) => event.target.matches("[data-times]") && tally(form));
  }

  // <a href="#id" data-dialog>: a real modal where the browser has one; otherwise :target shows it
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.querySelector(opener.getAttribute("href"));
    if (dialog && dialog.showModal) {
      event.preventDefault();
      dialog.showModal();
      return;
    }
    const closer = event.target.closest("[data-close]");
    const open = closer && closer.closest("dialog");
    if (open && open.open) {
      event.preventDefault();
      open.close();
    }
  });

  // menus close on Escape and when the attention goes elsewhere
  const close = (except) => {
    for (const menu of all("details[data-menu][open]")) if (menu !== except) menu.open = false;
  };
  document.addEventListener("click", (event) => close(event.target.closest("details[data-menu]")));
  document.addEventListener("focusin", (event) => close(event.target.closest("details[data-menu]")));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("details[data-menu][open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // what was written without a signal and is not sent yet is said on every page
  const unsent = Number(localStorage.getItem("pendamping-unsent") || 0);
  for (const sign of all("[data-unsent]")) {
    sign.textContent = sign.dataset.unsent.replace("{n}", unsent);
    sign.parentElement.hidden = !unsent;
  }
  // whoever logs out leaves no names on the phone, and is asked about what is unsent; *Back* asks the server
  // for the pages from before, which the browser may keep as they stood
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-leave]")) localStorage.setItem("pendamping-left", Date.now());
  });
  addEventListener("pageshow", (event) => {
    const left = Number(localStorage.getItem("pendamping-left") || 0);
    if (event.persisted && left > performance.timeOrigin) location.reload();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-leave]") || !localStorage.getItem("pendamping-device")) return;
    event.preventDefault();
    if (unsent) return location.assign("/offline/#leave");
    const gone = indexedDB.deleteDatabase("pendamping");
    gone.onsuccess = gone.onerror = gone.onblocked = () => form.submit();
  }, true);

  // a form is sent once: a second press on a slow line must not post twice; a paper can be printed again,
  // for it comes in a window of its own or from a button with an address of its own, and this page stays
  const paper = (event) =>
    event.target.target === "_blank" || event.submitter?.matches("[formaction], [formtarget]");
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("data-again") || paper(event)) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    for (const button of all("[type=submit]", form)) button.setAttribute("aria-disabled", "true");
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of all("form[data-sent]")) delete form.dataset.sent;
  });

  // whoever comes back with errors starts at their list
  const lists = all("[data-focus]");
  if (lists.length === 1) lists[0].focus();

  // <button data-print>
  for (const button of all("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
})();
