/* Small parts that the page is made of, and the roll at the door. Each tick is on the disk at once. */
(() => {
  "use strict";
  const app = window.pendamping;
  const { store } = app;
  const SHOWN = 40;

  const byId = (id) => document.getElementById(id);
  const words = {};
  for (const one of byId("said").content.querySelectorAll("[data-say]")) words[one.dataset.say] = one.textContent;
  const say = (key, values = {}) =>
    Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words[key] || key);
  const make = (tag, text = "", className = "") => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const tell = (text, tone) => {
    const made = make("div", "", `notice ${tone}`);
    made.append(make("p", text));
    byId("told").replaceChildren(made);
    byId("told").scrollIntoView({ block: "nearest" });
  };
  const chip = (kind, name, value, text) => {
    const label = make("label", "", "choice");
    const box = make("input");
    Object.assign(box, { type: kind, name, value });
    label.append(box, make("span", text));
    return label;
  };
  const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);

  Object.assign(app, { byId, say, make, tell, chip, today });

  /* --- the roll at the door --------------------------------------------------------------------- */
  let door, item, tools;

  // one roll of a meeting at a time: the one that is being taken, or that was not taken in and is mended
  const openDoor = async (meeting, given) => {
    tools = given;
    door = await store.get("doors", meeting);
    if (!door) return tools.go("#");
    const owner = await store.me();
    const wards = (owner && owner.wards) || [];
    const ward = wards.find((one) => one.code === door.ward);
    if (!ward) return tools.go("#");
    const open = (await store.unsent()).find(
      (one) => one.kind === "roll" && one.told.meeting === meeting && one.user === owner.user,
    );
    item = open || (await store.made({
      ward: door.ward, wardName: ward.name, kind: "roll", state: "draft", seen: door.seen, title: "",
      told: { meeting, present: [] },
    }));
    byId("door-find").value = "";
    tools.display("door", `${ward.name} · ${door.name}, ${tools.day(door.on)}`);
    draw();
  };

  const keep = async () => {
    const count = item.told.present.length;
    item.title = `${door.name}, ${tools.day(door.on)} · ${say("persons", { count })}`;
    item.state = "draft";
    item.reasons = [];
    countUp();
    if (count) await store.keep(item);
    else await store.discard(item.id);
  };

  const toggle = (person, name) => {
    const { present } = item.told;
    const at = present.findIndex((one) => one.person === person);
    if (at < 0) present.push({ person, name });
    else present.splice(at, 1);
    return keep();
  };

  const draw = () => {
    const { present } = item.told;
    const here = new Set(present.map((one) => one.person));
    const there = new Set(door.there);
    const wanted = byId("door-find").value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const found = door.people.filter(([, name]) => wanted.every((word) => name.toLocaleLowerCase().includes(word)));
    const rows = found.slice(0, SHOWN).map(([id, name, rw, rt]) => {
      const row = make("li");
      const label = chip("checkbox", "person", id, name);
      const box = label.querySelector("input");
      box.checked = here.has(id) || there.has(id);
      box.disabled = there.has(id);
      label.querySelector("span").append(make("small", `RT ${rt} RW ${rw}${there.has(id) ? ` · ${say("on")}` : ""}`));
      box.addEventListener("change", () => toggle(id, name));
      row.append(label);
      return row;
    });
    byId("door-people").replaceChildren(...rows);
    byId("door-more").hidden = found.length <= SHOWN;
    countUp();
  };

  // without the list of names, which stays as it is under the thumb
  const countUp = () => {
    const { present } = item.told;
    byId("door-count").textContent = String(present.length);
    byId("door-there").textContent = door.count ? say("there", { count: door.count }) : "";
    const typed = present.filter((one) => !one.person).map((one) => {
      const row = make("p", `${one.name} `);
      const off = make("button", say("off"), "button text");
      off.type = "button";
      off.setAttribute("aria-label", `${say("off")}: ${one.name}`);
      off.addEventListener("click", () => {
        present.splice(present.indexOf(one), 1);
        keep();
      });
      row.append(off);
      return row;
    });
    byId("door-visitors").replaceChildren(...typed);
  };

  byId("door-find").addEventListener("input", draw);
  byId("door-visitor").addEventListener("submit", async (event) => {
    event.preventDefault();
    const data = new FormData(event.target);
    const name = data.get("name").trim();
    if (!name) return;
    item.told.present.push({ person: "", name, sex: data.get("sex"), guest: data.has("guest") });
    event.target.reset();
    await keep();
  });
  byId("door-done").addEventListener("click", async () => {
    if (!item.told.present.length) return tell(say("empty-roll"), "warn");
    await store.keep({ ...item, state: "waiting", reasons: [], written_at: new Date().toISOString() });
    tell(say("kept"), "success");
    tools.go("#");
    tools.sendAndShow();
  });

  // the way out of the site asks for its own token, as every form does
  app.logOut = async () => {
    const form = make("form");
    form.method = "post";
    form.action = "/logout/";
    const token = make("input");
    Object.assign(token, { type: "hidden", name: "csrfmiddlewaretoken", value: app.status.token || "" });
    form.append(token);
    document.body.append(form);
    form.requestSubmit();
  };
  app.openDoor = openDoor;
})();
