/* What the phone keeps: the outbox, what was taken along, and whose it is. IndexedDB, by hand. */
(() => {
  "use strict";
  const STORES = { items: "id", doors: "id", about: "key" };
  const DAYS_KEPT = 14;
  let opened;

  const settled = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  const open = () => {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open("pendamping", 1);
      request.onupgradeneeded = () => {
        for (const [name, keyPath] of Object.entries(STORES)) {
          request.result.createObjectStore(name, { keyPath });
        }
      };
      request.onsuccess = () => {
        request.result.onversionchange = () => request.result.close(); // somebody logs out in another tab
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
    return opened;
  };

  // one store, one act; resolves when it is on the disk
  const act = async (name, mode, work) => {
    const deal = (await open()).transaction(name, mode, { durability: "strict" });
    const result = await settled(work(deal.objectStore(name)));
    if (mode === "readwrite") {
      await new Promise((resolve, reject) => {
        deal.oncomplete = resolve;
        deal.onerror = deal.onabort = () => reject(deal.error);
      });
    }
    return result;
  };
  const all = (name) => act(name, "readonly", (store) => store.getAll());
  const get = (name, key) => act(name, "readonly", (store) => store.get(key));
  const put = (name, row) => act(name, "readwrite", (store) => store.put(row));
  const drop = (name, key) => act(name, "readwrite", (store) => store.delete(key));
  const clear = (name) => act(name, "readwrite", (store) => store.clear());

  const items = async () => (await all("items")).sort((one, other) => one.seq - other.seq);
  const unsent = async () => (await items()).filter((one) => one.state !== "taken");

  // every page of the site shows how much is unsent: a number, nothing else
  const count = async () => {
    const many = (await unsent()).length;
    localStorage.setItem("pendamping-unsent", String(many));
    return many;
  };
  const keep = async (item) => {
    await put("items", item);
    await count();
  };
  const discard = async (id) => {
    await drop("items", id);
    await count();
  };

  const me = async () => (await get("about", "me")) || null;
  const device = () => {
    const known = localStorage.getItem("pendamping-device") || crypto.randomUUID();
    localStorage.setItem("pendamping-device", known);
    return known;
  };

  // names of residents, and what was taken along, go; what is unsent stays until a person decides
  const forget = async () => {
    await clear("doors");
    await drop("about", "me");
    for (const item of await items()) if (item.state === "taken") await drop("items", item.id);
  };
  const forgetOld = async () => {
    const least = Date.now() - DAYS_KEPT * 86400000;
    for (const door of await all("doors")) if (door.kept < least) await drop("doors", door.id);
  };

  const made = async (fields) => {
    const owner = await me();
    const id = crypto.randomUUID();
    const now = new Date();
    const seq = Math.max(now.getTime(), 1 + Math.max(0, ...(await items()).map((one) => one.seq)));
    return {
      id, seq, user: owner.user, name: owner.name, device: device(), state: "waiting", reasons: [],
      insist: false, written_at: now.toISOString(), ...fields,
    };
  };

  window.pendamping = {
    store: { all, get, put, drop, items, unsent, keep, discard, count, me, forget, forgetOld, made, device },
  };
})();
