// The visitor's page: asks the catalog what may be watched in one cell and plays it.
import { playHls } from "./player.js";

const reasons = {
  NOT_PUBLISHED: "It is not published.",
  NOT_PUBLISHED_YET: "It is published later.",
  UNKNOWN_TITLE: "The catalog does not know it.",
  TAKEDOWN: "It was taken down.",
  REGULATORY: "The law forbids it here.",
  BLACKOUT: "It is blacked out at this time.",
  HOLDBACK: "It is held back for an earlier release.",
  EMBARGO: "It is under embargo.",
  RATING: "Its age rating is above the limit.",
  NO_RIGHTS: "There are no rights for it.",
  STATUS: "Its rights are not in force.",
  TERRITORY: "There are no rights for this country.",
  SITE: "There are no rights for this site.",
  OFFER: "It is not part of this offer.",
  NOT_YET: "Its time has not come yet.",
  EXPIRED: "Its rights have ended.",
  EMPTY_WINDOW: "Its rights have an empty time window.",
  NO_AVAILABLE_CHILD: "None of its parts may be watched.",
};

const byId = (id) => document.getElementById(id);
const fields = ["country", "site", "offer"];
let stopPlaying = () => {};
let round = 0;

async function ask(path) {
  const response = await fetch(path, { headers: { Accept: "application/json" } });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.detail || body.title || `HTTP ${response.status}`);
  return body;
}

function fill(select, values, wanted) {
  const names = select.id === "country" && Intl.DisplayNames ? new Intl.DisplayNames(["en"], { type: "region" }) : null;
  select.replaceChildren(...values.map((value) => new Option(names ? `${value} · ${names.of(value)}` : value, value)));
  if (values.includes(wanted)) select.value = wanted;
}

function query() {
  const values = new URLSearchParams(fields.map((name) => [name, byId(name).value]));
  if (byId("at").value) values.set("at", new Date(byId("at").value + "Z").toISOString());
  return values;
}

function play(item) {
  stopPlaying();
  byId("stage").hidden = false;
  byId("fault").textContent = "";
  byId("playing").textContent = item.name;
  const video = byId("video");
  if (item.playback.poster) video.poster = item.playback.poster;
  else video.removeAttribute("poster");
  stopPlaying = playHls(video, item.playback.hls, (message) => {
    byId("fault").textContent = `It cannot be played: ${message}`;
  });
  video.play().catch(() => {}); // without a gesture the browser waits for one
}

function card(item) {
  const entry = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.addEventListener("click", () => play(item));
  const picture = document.createElement(item.playback.poster ? "img" : "div");
  if (item.playback.poster) {
    picture.src = item.playback.poster;
    picture.alt = "";
  } else {
    picture.className = "blank";
  }
  const name = document.createElement("span");
  name.textContent = item.name;
  button.append(picture, name);
  entry.append(button);
  return entry;
}

function row(item) {
  const entry = document.createElement("li");
  const name = document.createElement("span");
  name.textContent = item.name || item.title;
  const why = document.createElement("span");
  why.className = "why";
  why.textContent = reasons[item.reason] || item.reason;
  entry.append(name, why);
  return entry;
}

function show(list, entries, empty) {
  if (entries.length === 0) {
    const nothing = document.createElement("li");
    nothing.className = "empty";
    nothing.textContent = empty;
    entries = [nothing];
  }
  list.replaceChildren(...entries);
}

async function refresh() {
  const mine = ++round;
  try {
    const answer = await ask(`/v1/availability?${query()}`);
    if (mine !== round) return; // a later choice was made meanwhile
    const items = answer.items.sort((a, b) => (a.name || "").localeCompare(b.name || ""));
    show(byId("yes"), items.filter((item) => item.available).map(card), "Nothing may be watched with this choice.");
    show(byId("no"), items.filter((item) => !item.available).map(row), "Nothing is withheld.");
    byId("snapshot").textContent = `${answer.snapshot.version}, ${answer.at}`;
    byId("state").textContent = "";
    const wanted = new URLSearchParams(location.search).get("title");
    const found = items.find((item) => item.title === wanted && item.available);
    if (found && byId("stage").hidden) play(found);
  } catch (error) {
    if (mine === round) byId("state").textContent = `The catalog does not answer: ${error.message}`;
  }
}

// Where the visitor probably is: what the address says, what was chosen last, then the browser's own region.
function likely(name, wanted) {
  const region = name === "country" ? new Intl.Locale(navigator.language).maximize().region : null;
  return wanted.get(name) || localStorage.getItem(name) || region;
}

function chosen() {
  for (const name of fields) localStorage.setItem(name, byId(name).value);
  refresh();
}

async function start() {
  const wanted = new URLSearchParams(location.search);
  const cells = await ask("/v1/cells");
  for (const name of fields) {
    fill(byId(name), cells[{ country: "countries", site: "sites", offer: "offers" }[name]], likely(name, wanted));
    byId(name).addEventListener("change", chosen);
  }
  if (wanted.get("at")) byId("at").value = new Date(wanted.get("at")).toISOString().slice(0, 19);
  byId("at").addEventListener("change", refresh);
  byId("now").addEventListener("click", () => {
    byId("at").value = "";
    refresh();
  });
  if (cells.sites.length === 0) {
    byId("state").textContent = "No rights are set yet: publish a title with a window first.";
    return;
  }
  await refresh();
}

start().catch((error) => {
  byId("state").textContent = `The catalog does not answer: ${error.message}`;
});
