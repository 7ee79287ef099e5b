/* Between phone and server: what is taken along, what is sent, and the outbox as a file. */
(() => {
  "use strict";
  const { store } = window.pendamping;
  const FORMAT = "pendamping-outbox";
  const SENT = ["id", "user", "device", "kind", "written_at", "told", "seen", "insist"];
  const status = { line: navigator.onLine ? "unknown" : "none", busy: false };

  // the server's answer, or null where there is none; a way to the login is an answer of its own
  const ask = async (address, options = {}) => {
    try {
      return await fetch(address, {
        redirect: "manual", credentials: "same-origin", cache: "no-store",
        signal: AbortSignal.timeout(30000), ...options,
      });
    } catch {
      status.line = "none";
      return null;
    }
  };

  // who is here, and what they may do: asked whenever the page is opened with a signal
  const greet = async () => {
    const answer = await ask(document.getElementById("offline").dataset.kit);
    if (!answer) return null;
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
      status.line = "out"; // the session is over: what was written waits, and can be gone on with
      return null;
    }
    if (!answer.ok) {
      status.line = "none";
      return null;
    }
    const kit = await answer.json();
    const before = await store.me();
    if (before && before.user !== kit.user) await store.forget();
    status.line = "here";
    status.token = kit.token;
    await store.put("about", { key: "me", user: kit.user, name: kit.name, wards: kit.wards });
    return kit;
  };

  const takeAlong = async (ward, meeting, places) => {
    const more = places.map((place) => `rt=${encodeURIComponent(place)}`).join("&");
    const answer = await ask(`/w/${ward}/offline/door/${meeting}.json${more ? `?${more}` : ""}`);
    if (!answer || !answer.ok) return null;
    const door = { ...(await answer.json()), kept: Date.now(), places };
    await store.put("doors", door);
    return door;
  };

  const takeSheet = async (ward, station) => {
    const answer = await ask(`/w/${ward}/offline/sheet/${station}.json`);
    if (!answer || !answer.ok) return null;
    const sheet = { ...(await answer.json()), kept: Date.now() };
    await store.put("doors", sheet);
    return sheet;
  };

  // the names and rolls that were taken along, as they are now; not while one of them is being taken
  const renew = async () => {
    const open = (await store.unsent()).filter((one) => one.kind !== "log");
    const busy = open.map((one) => one.told.meeting || one.told.station);
    for (const door of await store.all("doors")) {
      if (busy.includes(door.id)) continue;
      if (door.kind === "tally") await takeSheet(door.ward, door.id);
      else await takeAlong(door.ward, door.id, door.places);
    }
  };

  const deliver = async (item) => {
    const told = Object.fromEntries(SENT.map((name) => [name, item[name] ?? null]));
    const answer = await ask(`/w/${item.ward}/offline/take-in/`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": status.token },
      body: JSON.stringify(told),
    });
    if (!answer) return false;
    if (answer.type === "opaqueredirect") {
      status.line = "out";
      return false;
    }
    let said = null;
    if ((answer.headers.get("Content-Type") || "").includes("json")) said = await answer.json().catch(() => null);
    if (!said) {
      // 403: the role has ended; anything else: the server is not well, try again later
      if (answer.status !== 403 && answer.status !== 404) return false;
      said = { state: "refused", reasons: [], closed: true };
    }
    if (said.state === "taken") await taken(item, said);
    else await store.keep({ ...item, state: said.state, reasons: said.reasons, closed: Boolean(said.closed) });
    return true;
  };

  // what was taken in keeps its line and its dates; names and texts leave the phone
  const taken = async (item, said) => {
    await store.keep({
      ...item, state: "taken", told: null, reasons: [], url: said.url, entered_at: said.entered_at, said: said.said || "",
    });
    if (item.kind === "tally") {
      const sheet = await store.get("doors", item.told.station);
      if (sheet) await store.put("doors", { ...sheet, seen: said.seen });
    }
    if (item.kind !== "roll") return;
    const meeting = item.told.meeting;
    for (const other of await store.unsent()) {
      if (other.kind === "roll" && other.told.meeting === meeting && other.seen === item.seen) {
        await store.keep({ ...other, seen: said.seen });
      }
    }
    const door = await store.get("doors", meeting);
    if (!door) return;
    const there = item.told.present.map((one) => one.person).filter(Boolean);
    const count = new Set([...door.there, ...there]).size;
    await store.put("doors", { ...door, seen: said.seen, there: [...new Set([...door.there, ...there])], count });
  };

  // in the order in which it was written; one tab at a time; what a person must decide does not hold up the rest
  const send = () =>
    navigator.locks.request("pendamping-send", { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      status.busy = true;
      try {
        if (!(await greet())) return;
        const owner = await store.me();
        for (const item of await store.unsent()) {
          if (item.user !== owner.user || item.state !== "waiting") continue;
          if (!(await deliver(item))) break;
        }
      } finally {
        status.busy = false;
      }
    });

  const file = async () => {
    const items = await store.unsent();
    const whole = { format: FORMAT, version: 1, saved_at: new Date().toISOString(), items };
    return new Blob([JSON.stringify(whole, null, 1)], { type: "application/json" });
  };

  const KINDS = ["log", "roll", "tally"];
  const STATES = ["draft", "waiting", "asks", "refused"];
  const isItem = (one) =>
    one && /^[0-9A-Za-z-]{20,40}$/.test(one.id) && KINDS.includes(one.kind) && STATES.includes(one.state) &&
    ["user", "name", "ward", "device", "written_at", "title"].every((key) => typeof one[key] === "string") &&
    Number.isFinite(one.seq) && one.told !== null && typeof one.told === "object" && Array.isArray(one.reasons);

  // what is here already stays as it is; returns how many came, or null where it is no such file
  const readFile = async (text) => {
    let whole;
    try {
      whole = JSON.parse(text);
    } catch {
      return null;
    }
    if (!whole || whole.format !== FORMAT || !Array.isArray(whole.items) || !whole.items.every(isItem)) return null;
    let came = 0;
    for (const item of whole.items) {
      if (await store.get("items", item.id)) continue;
      await store.keep(item);
      came += 1;
    }
    return came;
  };

  Object.assign(window.pendamping, { status, greet, send, takeAlong, takeSheet, renew, file, readFile });
})();
