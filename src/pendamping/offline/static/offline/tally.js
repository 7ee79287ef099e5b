/* The tally of a station: figures and names with votes, on the disk at once; whether it adds up is said below. */
(() => {
  "use strict";
  const app = window.pendamping;
  const { store, byId, say, make, tell } = app;
  const SHOWN = 12; // names at first; whoever is not among them is found by a part of the name
  const FIGURES = ["voters", "women", "valid", "invalid", "spoiled", "left", "lost", "void_names"];
  const NEEDED = FIGURES.slice(0, 6);

  const form = byId("view-tally");
  let sheet, item, tools;

  const issued = () => sheet.last - sheet.first + 1;
  const whole = (text) => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : null);
  const figure = (name) => item.told[name] ?? 0;

  // one tally of a station at a time: the one that is being typed, or that was not taken in and is mended
  const openTally = async (station, given) => {
    tools = given;
    sheet = await store.get("doors", station);
    const owner = await store.me();
    const ward = sheet && ((owner && owner.wards) || []).find((one) => one.code === sheet.ward);
    if (!ward || sheet.kind !== "tally") return tools.go("#");
    const open = (await store.unsent()).find(
      (one) => one.kind === "tally" && one.told.station === station && one.user === owner.user,
    );
    item = open || (await store.made({
      ward: sheet.ward, wardName: ward.name, kind: "tally", state: "draft", seen: sheet.seen,
      title: `${sheet.name}, ${tools.day(sheet.on)}`, told: { station, votes: {}, note: "" },
    }));
    form.reset();
    for (const name of FIGURES) form[name].value = item.told[name] ?? "";
    form.note.value = item.told.note;
    byId("tally-issued").textContent = say("issued", { count: issued(), first: sheet.first, last: sheet.last });
    byId("tally-eligible").textContent = say("eligible", { count: sheet.eligible });
    byId("tally-practice").hidden = !sheet.practice;
    byId("tally-find").closest(".field").hidden = sheet.people.length <= SHOWN;
    tools.display("tally", `${ward.name} · ${sheet.vote} · ${sheet.name}`);
    draw();
  };

  const keep = () => {
    item.state = "draft";
    item.reasons = [];
    add();
    return store.keep(item);
  };

  // those with votes stand on top, then those whom the search finds
  const draw = () => {
    const wanted = byId("tally-find").value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const fits = ([, name, number]) => wanted.every((word) => name.toLocaleLowerCase().includes(word) || String(number) === word);
    const counted = sheet.people.filter(([id]) => item.told.votes[id] !== undefined);
    const others = sheet.people.filter((one) => item.told.votes[one[0]] === undefined && fits(one));
    const rows = [...counted, ...others.slice(0, SHOWN)].map(([id, name, number]) => {
      const row = make("li", "", "pair");
      const label = make("label", number ? `${number}. ${name}` : name);
      const box = make("input");
      Object.assign(box, { type: "text", inputMode: "numeric", maxLength: 6, id: `votes-${id}`, value: item.told.votes[id] ?? "" });
      label.htmlFor = box.id;
      box.addEventListener("change", () => {
        const votes = whole(box.value);
        if (votes === null) delete item.told.votes[id];
        else item.told.votes[id] = votes;
        box.value = votes ?? "";
        return keep();
      });
      row.append(label, box);
      return row;
    });
    byId("tally-people").replaceChildren(...rows);
    byId("tally-more").hidden = others.length <= SHOWN;
    add();
  };

  const counted = () => figure("valid") + figure("invalid") + figure("spoiled") + figure("left") + figure("lost");
  const problems = () => {
    const found = [];
    if (NEEDED.some((name) => item.told[name] === undefined)) found.push(say("need-figures"));
    if (counted() !== issued()) found.push(say("adds-not", { counted: counted(), issued: issued() }));
    if (figure("voters") !== figure("valid") + figure("invalid") + figure("lost")) found.push(say("voters-not"));
    return found;
  };
  const add = () => {
    byId("tally-adds").textContent = say(counted() === issued() ? "adds" : "adds-not", { counted: counted(), issued: issued() });
    byId("tally-votes").textContent = say("votes", {
      votes: Object.values(item.told.votes).reduce((sum, one) => sum + one, 0), most: figure("valid") * sheet.names,
    });
  };

  for (const name of FIGURES) {
    form[name].addEventListener("change", () => {
      const value = whole(form[name].value);
      if (value === null) delete item.told[name];
      else item.told[name] = value;
      form[name].value = value ?? "";
      keep();
    });
  }
  form.note.addEventListener("change", () => {
    item.told.note = form.note.value.trim();
    keep();
  });
  byId("tally-find").addEventListener("input", draw);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const wrong = problems();
    if (wrong.length) return tell(wrong.join(" "), "danger");
    await store.keep({ ...item, state: "waiting", reasons: [], written_at: new Date().toISOString() });
    tell(say("kept"), "success");
    tools.go("#");
    tools.sendAndShow();
  });
  app.openTally = openTally;
})();
