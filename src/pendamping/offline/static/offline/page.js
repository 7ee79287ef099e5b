/* The page that works without a signal: what is unsent, what can be done, the logbook's form. */
(() => {
  "use strict";
  const app = window.pendamping;
  const { store, status, say, byId, make, tell } = app;
  const root = byId("offline");
  const language = document.documentElement.lang;
  const views = ["home", "log", "take", "door", "tally", "leave"];

  const when = (text) => new Date(text).toLocaleString(language, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  const day = (text) => new Date(`${text}T00:00`).toLocaleDateString(language, { day: "numeric", month: "long", year: "numeric" });

  const button = (text, act, kind = "quiet") => {
    const made = make("button", text, `button ${kind}`);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };
  // what cannot be had back is asked twice, without a window
  const deleting = (id) => {
    const made = button(say("drop"), async () => {
      if (!made.dataset.sure) {
        made.dataset.sure = "1";
        made.textContent = say("sure");
        return;
      }
      await store.discard(id);
      await show();
    }, "text");
    return made;
  };

  const choices = (item) => {
    const again = async (change) => {
      await store.keep({ ...item, ...change, state: "waiting", reasons: [] });
      await sendAndShow();
    };
    const form = { log: `#log/${item.ward}/${item.id}`, roll: `#door/${item.told.meeting}`, tally: `#tally/${item.told.station}` }[item.kind];
    if (item.state === "draft") return [link(say("go-on"), form), ...(item.kind === "tally" ? [deleting(item.id)] : [])];
    if (item.state === "asks") {
      const mend = item.kind === "tally" ? [link(say("mend"), form)] : [];
      return [button(say(`asks-${item.kind}`), () => again({ insist: true })), ...mend, deleting(item.id)];
    }
    if (item.state !== "refused") return [];
    return [link(say("mend"), form), button(say("retry"), () => again({})), deleting(item.id)];
  };

  const link = (text, href, kind = "quiet") => {
    const made = make("a", text, `button ${kind}`);
    made.href = href;
    return made;
  };

  const line = (item, owner) => {
    const row = make("li", "", "sheet stack");
    row.dataset.item = item.id;
    row.dataset.state = item.state;
    const mine = owner && owner.user === item.user;
    const head = make("p");
    const tone = { asks: "warn", refused: "bad" }[item.state] || "plain";
    head.append(make("b", mine ? item.title : say("other", { name: item.name })), " ", make("span", say(`state-${item.state}`), `badge ${tone}`));
    row.append(head);
    if (!mine) return row; // what it says is nobody else's business
    row.append(make("p", `${item.wardName} · ${say("written", { when: when(item.written_at) })}`, "soft small"));
    for (const reason of item.closed ? [say("closed")] : item.reasons) row.append(make("p", reason));
    const buttons = choices(item);
    if (buttons.length) {
      const rowOf = make("div", "", "row");
      rowOf.append(...buttons);
      row.append(rowOf);
    }
    return row;
  };

  const sentLine = (item) => {
    const row = make("li");
    row.dataset.item = item.id;
    const href = make("a", item.title);
    href.href = item.url;
    row.append(href, make("br"), make("span", say("entered", { when: when(item.written_at), entered: when(item.entered_at) }), "soft small"));
    if (item.said) row.append(make("p", item.said));
    return row;
  };

  const tasks = (owner, doors) => {
    const blocks = (owner ? owner.wards : []).map((ward) => {
      const block = make("div", "", "stack");
      block.append(make("h3", ward.name));
      const row = make("div", "", "row");
      if (ward.log) {
        const log = link(say("log"), `#log/${ward.code}`);
        log.setAttribute("aria-label", `${say("log")}: ${ward.name}`); // one in each ward
        row.append(log);
      }
      for (const meeting of ward.meetings) {
        const name = [meeting.name, day(meeting.on), meeting.place].filter(Boolean).join(", ");
        const along = doors.find((one) => one.id === meeting.id);
        if (along) row.append(link(say("roll", { meeting: name }), `#door/${meeting.id}`));
        else row.append(button(say("take", { meeting: name }), () => take(ward, meeting)));
      }
      block.append(row);
      if (ward.stations && ward.stations.length) block.append(stationsOf(ward, doors));
      return block;
    });
    byId("tasks-list").replaceChildren(...blocks);
    byId("tasks-none").hidden = blocks.length > 0;
  };

  // the stations of a vote: behind one line where they are many
  const stationsOf = (ward, doors) => {
    const row = make("div", "", "row");
    for (const one of ward.stations) {
      const along = doors.some((door) => door.id === one.id);
      const name = `${one.name}${one.practice ? ` (${say("mock")})` : ""}`;
      if (along) row.append(link(say("tally", { station: name }), `#tally/${one.id}`));
      else row.append(button(say("take-sheet", { station: name }), () => takeSheet(ward, one)));
    }
    if (ward.stations.length <= 4) return row;
    const fold = make("details", "", "fold");
    fold.open = doors.some((door) => ward.stations.some((one) => one.id === door.id));
    fold.append(make("summary", say("stations", { count: ward.stations.length })), row);
    return fold;
  };

  const takeSheet = async (ward, station) => {
    if (!(await app.takeSheet(ward.code, station.id))) return tell(say("take-failed"), "warn");
    go(`#tally/${station.id}`);
  };

  const take = async (ward, meeting) => {
    const door = await app.takeAlong(ward.code, meeting.id, []);
    if (!door) return tell(say("take-failed"), "warn");
    if (door.people.length || door.members) return go(`#door/${meeting.id}`);
    await store.drop("doors", meeting.id);
    const places = door.rts.map((place) => {
      const [rw, rt] = place.split("/");
      return app.chip("checkbox", "rt", place, `RT ${rt} RW ${rw}`);
    });
    byId("take-places").replaceChildren(...places);
    byId("take").onsubmit = async (event) => {
      event.preventDefault();
      const chosen = [...new FormData(event.target).getAll("rt")];
      const got = await app.takeAlong(ward.code, meeting.id, chosen);
      if (!got) return tell(say("take-failed"), "warn");
      go(`#door/${meeting.id}`);
    };
    display("take", `${ward.name} · ${meeting.name}`);
  };

  const showLine = async () => {
    const owner = await store.me();
    byId("line-text").textContent = say(status.busy ? "busy" : status.line);
    byId("line").className = `notice ${{ here: "success", none: "warn", out: "danger" }[status.line] || "info"}`;
    byId("line").dataset.line = status.line;
    byId("line-who").textContent = owner ? say("who", { name: owner.name }) : say("nobody");
    byId("line-login").hidden = status.line !== "out";
  };

  const showHome = async () => {
    const [owner, items, doors] = [await store.me(), await store.items(), await store.all("doors")];
    const unsent = items.filter((one) => one.state !== "taken");
    const sent = items.filter((one) => one.state === "taken" && owner && one.user === owner.user);
    byId("unsent-list").replaceChildren(...unsent.map((one) => line(one, owner)));
    byId("unsent-title").textContent = `${byId("unsent-title").dataset.text} (${unsent.length})`;
    byId("unsent-none").hidden = unsent.length > 0;
    byId("send").parentElement.hidden = byId("unsent-list").hidden = unsent.length === 0;
    byId("sent-list").replaceChildren(...sent.reverse().slice(0, 50).map(sentLine));
    byId("sent-none").hidden = sent.length > 0;
    tasks(owner, doors);
  };

  const display = (name, ward = "") => {
    for (const view of views) byId(`view-${view}`).hidden = view !== name;
    for (const place of document.querySelectorAll("[data-ward-name]")) place.textContent = ward;
    if (name !== "home") byId(`view-${name}`).scrollIntoView();
  };

  const wardOf = async (code) => ((await store.me()) || { wards: [] }).wards.find((one) => one.code === code);

  /* --- the logbook --------------------------------------------------------------------------- */
  const options = (select, pairs) =>
    select.replaceChildren(...pairs.map(([value, text]) => {
      const made = make("option", text);
      made.value = value;
      return made;
    }));

  const form = byId("view-log");
  const openLog = async (code, id) => {
    const ward = await wardOf(code);
    if (!ward || !ward.log) return go("#");
    const item = id ? await store.get("items", id) : null;
    form.reset();
    form.dataset.ward = code;
    form.dataset.item = item ? item.id : "";
    const roles = form.querySelector("[data-chips=roles]");
    roles.replaceChildren(...ward.log.roles.map(([key, text]) => app.chip("checkbox", "roles", key, text)));
    options(form.stage, ward.log.stages);
    options(form.plan_id, [
      ["", say("unplanned")],
      ...ward.log.plans.map(([plan, activity, on]) => [plan, `${activity}, ${day(on)}`]), // the same one on other days
    ]);
    form.plan_id.closest(".field").hidden = ward.log.plans.length === 0;
    const told = item ? item.told : { on: ward.practice ? ward.today : app.today(), stage: ward.log.stage };
    for (const [name, value] of Object.entries(told)) {
      if (name === "roles") for (const box of form.querySelectorAll("[name=roles]")) box.checked = value.includes(box.value);
      else if (value !== "" && form[name]) form[name].value = value;
    }
    form.on.dispatchEvent(new Event("input", { bubbles: true })); // the day in words below it
    display("log", ward.name);
  };

  const read = (ward) => {
    const data = new FormData(form);
    const whole = (name) => (/^\d{1,5}$/.test(data.get(name).trim()) ? Number(data.get(name)) : null);
    const told = { roles: data.getAll("roles"), decided_by: data.get("decided_by"), women: whole("women"), men: whole("men"), minutes: whole("minutes") };
    for (const name of ["on", "plan_id", "stage", "place", "result", "obstacle", "next_step"]) told[name] = data.get(name) || "";
    const latest = ward.practice ? ward.today : app.today();
    const wrong = [];
    if (!told.on || told.on > latest) wrong.push("need-day");
    if (!told.roles.length) wrong.push("need-role");
    if (!told.decided_by) wrong.push("need-decided");
    if (told.women === null || told.men === null) wrong.push("need-people");
    if (!told.minutes || told.minutes > 1440) wrong.push("need-minutes");
    return [told, wrong];
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const again = event.submitter && event.submitter.name === "again";
    const ward = await wardOf(form.dataset.ward);
    const [told, wrong] = read(ward);
    if (wrong.length) return tell(wrong.map((key) => say(key)).join(" "), "danger");
    const before = form.dataset.item && (await store.get("items", form.dataset.item));
    const title = `${day(told.on)} · ${told.result || told.place || form.stage.selectedOptions[0].text}`;
    const fields = { ward: ward.code, wardName: ward.name, kind: "log", title, told, seen: ward.log.seen };
    const item = before ? { ...before, ...fields, seen: before.seen, state: "waiting", reasons: [] } : await store.made(fields);
    await store.keep(item);
    tell(say("kept"), "success");
    if (again) await openLog(ward.code);
    else go("#");
    sendAndShow();
  });

  /* --- all together --------------------------------------------------------------------------- */
  const show = async () => {
    await showLine();
    await showHome();
  };
  let sending = null;
  const sendAndShow = () => {
    sending ??= app.send().finally(() => (sending = null));
    return sending.then(show);
  };
  const go = (hash) => {
    if (location.hash === hash || (hash === "#" && !location.hash)) route();
    else location.hash = hash;
  };
  const route = async () => {
    const [view, first, second] = location.hash.slice(1).split("/");
    if (view === "log") return openLog(first, second);
    if (view === "door") return app.openDoor(first, { display, go, day, sendAndShow });
    if (view === "tally") return app.openTally(first, { display, go, day, sendAndShow });
    display(view === "leave" ? "leave" : "home");
    await show();
  };

  byId("send").addEventListener("click", sendAndShow);
  byId("save").addEventListener("click", async () => {
    const anchor = make("a");
    anchor.href = URL.createObjectURL(await app.file());
    anchor.download = `pendamping-${app.today()}.json`;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 60000);
  });
  byId("read").addEventListener("change", async (event) => {
    const [chosen] = event.target.files;
    if (!chosen) return;
    const came = await app.readFile(await chosen.text());
    event.target.value = "";
    tell(came === null ? say("no-file") : say("came", { count: came }), came === null ? "danger" : "success");
    await sendAndShow();
  });
  byId("leave-keep").addEventListener("click", () => leave(false));
  byId("leave-drop").addEventListener("click", () => leave(true));
  const leave = async (everything) => {
    const owner = await store.me();
    if (everything) {
      for (const item of await store.unsent()) if (owner && item.user === owner.user) await store.discard(item.id);
    }
    await app.greet();
    if (status.line === "none") return tell(say("none"), "warn");
    await store.forget();
    if (status.line === "out") return location.assign(root.dataset.login);
    await app.logOut();
  };

  addEventListener("hashchange", () => {
    if (location.hash.length > 1) byId("told").replaceChildren();
    route();
  });
  addEventListener("online", sendAndShow);
  addEventListener("offline", () => {
    status.line = "none";
    showLine();
  });
  setInterval(async () => {
    const waiting = (await store.unsent()).some((one) => one.state === "waiting");
    if (waiting && document.visibilityState === "visible") sendAndShow();
  }, 30000);

  const start = async () => {
    root.hidden = false;
    byId("unsent-title").dataset.text = byId("unsent-title").textContent;
    if (!("serviceWorker" in navigator)) return tell(say("insecure"), "danger");
    await store.forgetOld();
    await store.count();
    await route();
    await navigator.serviceWorker.register(root.dataset.worker, { scope: root.dataset.scope }).catch(() => null);
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
    await sendAndShow();
    if (status.line === "here") await app.renew();
    root.dataset.ready = "1";
  };
  start();
})();
