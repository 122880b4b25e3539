// The list of pages: rows are made as they are scrolled to.

const main = document.querySelector("main");
const holder = document.querySelector(".items");
const rest = document.querySelector(".rest");
const tools = document.querySelector(".tools");
const fields = tools.elements;
const batch = 20; // rows that are made at once

let shown = []; // the items that match
let rows = []; // of those that are made, in the same order
let current = -1;

const number = (n) => n.toLocaleString("en");
const counted = (n, one, many) => number(n) + " " + (n === 1 ? one : many);

function badge(name, text, title) {
  const b = el("span", "badge " + name, text);
  b.title = title;
  return b;
}

function badges(item) {
  const out = el("span", "badges");
  const bySeverity = new Map();
  for (const [k, n] of item.kinds) {
    const kind = index.kinds[k];
    const [name, sign] = signs[kind.sign];
    if (sign.length > 1) bySeverity.set(name, (bySeverity.get(name) || 0) + n);
    else out.append(badge(name, kind.short ? kind.short + (n > 1 ? " " + number(n) : "") : sign + number(n), counted(n, kind.one, kind.many)));
  }
  for (const [name, n] of bySeverity) {
    const text = counted(n, name, name === "info" ? name : name + "s");
    out.append(badge(name, text, text));
  }
  return out;
}

function row(item) {
  const box = el("input");
  box.type = "checkbox";
  box.checked = reviewed.has(item.at);
  box.title = "Reviewed";
  box.setAttribute("aria-label", "Reviewed");
  const title = el("button", "title", el("span", "day", item.day), el("bdi", "headline", item.headline || item.path), badges(item));
  title.type = "button";
  title.setAttribute("aria-expanded", "false");
  const article = el("article", "item" + (box.checked ? " isreviewed" : ""), box, title);
  article.item = item;
  return article;
}

function more(count = batch) {
  const next = shown.slice(rows.length, rows.length + count).map(row);
  rows.push(...next);
  holder.append(...next);
  rest.hidden = rows.length >= shown.length;
}

async function toggle(article, open = !article.classList.contains("open")) {
  article.classList.toggle("open", open);
  article.querySelector(".title").setAttribute("aria-expanded", String(open));
  if (open && !article.filled) {
    article.filled = detail(article.item).then(
      (d) => article.append(body(article.item, d)),
      () => article.append(el("p", "note", "This browser cannot unpack the details: it has no DecompressionStream.")),
    );
  }
  await article.filled;
}

function setReviewed(article, is) {
  mark(article.item, is);
  article.classList.toggle("isreviewed", is);
  article.querySelector("input").checked = is;
  showState();
}

function showState() {
  const some = shown.length !== items.length;
  tools.querySelector(".count").textContent = (some ? number(shown.length) + " of " : "") + counted(items.length, "page", "pages") +
    (asked.size ? ", sample " + asked.seed : "");
  const here = shown.reduce((n, it) => n + reviewed.has(it.at), 0);
  tools.querySelector(".reviewed").textContent = number(here) + " reviewed";
  const bar = tools.querySelector("progress");
  bar.max = Math.max(shown.length, 1);
  bar.value = here;
}

function update() {
  const { found, byYear } = chosen();
  shown = found;
  rows = [];
  current = -1;
  holder.replaceChildren();
  more();
  document.querySelector(".empty").hidden = shown.length > 0;
  for (const b of document.querySelectorAll("[data-kind]")) b.setAttribute("aria-pressed", String(asked.kinds.has(kindOf(b))));
  const bars = [...document.querySelectorAll("[data-year]")];
  const most = Math.max(1, ...yearTotals.values());
  for (const b of bars) {
    const on = asked.years.has(b.dataset.year);
    const n = byYear.get(b.dataset.year) || 0;
    const height = (100 * n) / most;
    b.setAttribute("aria-pressed", String(on));
    b.classList.toggle("off", asked.years.size > 0 && !on);
    const all = yearTotals.get(b.dataset.year) || 0;
    b.title = b.dataset.year + ": " + (n === all ? "" : number(n) + " of ") + counted(all, "page", "pages");
    b.querySelector("small").textContent = number(n);
    const part = b.querySelector(".part");
    part.setAttribute("y", 100 - height + "%");
    part.setAttribute("height", height + "%");
  }
  for (const name of ["q", "context", "reviewed", "sort"]) if (fields[name].value !== asked[name]) fields[name].value = asked[name];
  fields.draw.setAttribute("aria-pressed", String(asked.size > 0));
  showState();
  toAddress();
}

const yearTotals = new Map();
for (const it of items) yearTotals.set(it.year, (yearTotals.get(it.year) || 0) + 1);
const kindOf = (b) => index.kinds.findIndex((k) => k.id === b.dataset.kind);

function flip(set, value) {
  if (!set.delete(value)) set.add(value);
  update();
}

function clear() {
  Object.assign(asked, { q: "", context: "", kinds: new Set(), years: new Set(), reviewed: "", sort: "", size: 0, seed: 0 });
  update();
}

function draw() {
  asked.size = Math.max(1, Number(fields.size.value) || 1);
  asked.seed = crypto.getRandomValues(new Uint32Array(1))[0] % 100000;
  update();
}

function goTo(at) {
  if (at < 0 || at >= shown.length) return;
  if (at >= rows.length) more(at - rows.length + batch);
  rows[current]?.classList.remove("current");
  current = at;
  rows[at].classList.add("current");
  rows[at].querySelector(".title").focus({ preventScroll: true });
  rows[at].scrollIntoView({ block: "nearest" });
}

const keys = {
  j: () => goTo(current + 1),
  k: () => goTo(current - 1),
  o: () => rows[current] && toggle(rows[current]),
  async d() {
    const article = rows[current];
    if (!article) return;
    await toggle(article, true);
    const raw = article.querySelector(".raw");
    if (raw) raw.open = !raw.open;
  },
  m() {
    if (!rows[current]) return;
    setReviewed(rows[current], !reviewed.has(rows[current].item.at));
    goTo(current + 1);
  },
  n: () => goTo(shown.findIndex((it, at) => at > current && !reviewed.has(it.at))),
  s: draw,
  "/": () => fields.q.focus(),
  "?": help,
  Escape: clear,
};

function help() {
  const box = tools.querySelector(".keys");
  box.hidden = !box.hidden;
  tools.querySelector(".legend").hidden = box.hidden;
  fields.help.setAttribute("aria-expanded", String(!box.hidden));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input:not([type=checkbox]), select");
  if (typing && event.key === "Escape") event.target.blur();
  else if (!typing && keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  }
});

document.addEventListener("click", (event) => {
  const b = event.target.closest("button");
  if (!b) return;
  const article = b.closest(".item");
  if (b.dataset.kind !== undefined) flip(asked.kinds, kindOf(b));
  else if (b.dataset.year !== undefined) flip(asked.years, b.dataset.year);
  else if (b.dataset.context !== undefined) {
    asked.context = b.dataset.context;
    update();
  } else if (b.classList.contains("title")) {
    goTo(rows.indexOf(article));
    toggle(article);
  } else if (b.name === "draw") draw();
  else if (b.name === "clear") clear();
  else if (b.name === "help") help();
});

holder.addEventListener("change", (event) => setReviewed(event.target.closest(".item"), event.target.checked));
tools.addEventListener("submit", (event) => event.preventDefault());
tools.addEventListener("input", (event) => {
  if (!(event.target.name in asked) || event.target.name === "size") return;
  asked[event.target.name] = event.target.value;
  update();
});
fields.context.addEventListener("focus", () => {
  const list = document.getElementById("contexts");
  if (list.children.length) return;
  const counts = new Map();
  for (const it of items) for (const c of it.contexts) counts.set(c, (counts.get(c) || 0) + 1);
  const top = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 500);
  list.append(...top.map(([c]) => Object.assign(document.createElement("option"), { value: index.contexts[c] })));
});
addEventListener("hashchange", () => {
  fromAddress();
  update();
});
addEventListener("beforeprint", () => {
  more(500);
  for (const d of document.querySelectorAll(".plan")) d.open = true;
});

fromAddress();
if (asked.size) fields.size.value = asked.size;
main.hidden = false;
update();
new IntersectionObserver((entries) => entries.some((e) => e.isIntersecting) && more(), { rootMargin: "600px" }).observe(rest);
performance.mark("ready");
document.documentElement.classList.add("ready");
