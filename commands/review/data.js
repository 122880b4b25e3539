// What is embedded in the page, and what the reader asks of it.

const index = JSON.parse(document.getElementById("index").textContent);
const chunks = document.getElementsByClassName("chunk");
const unmarked = (text) => text.replace(/[\x01\x02]/g, "");

const items = index.items.map(([path, day, headline, counts, contexts, was, old], at) => {
  const kinds = new Map();
  let changes = 0;
  for (let i = 0; i < counts.length; i += 2) {
    kinds.set(counts[i], counts[i + 1]);
    changes += counts[i + 1];
  }
  const sought = (unmarked(headline) + "\n" + path + "\n" + (was || "") + "\n" + unmarked(old || "")).toLowerCase();
  return { at, path, day, headline, kinds, changes, contexts, was, old, sought, year: day.slice(0, day.indexOf("-")), when: dayNumber(day) };
});

function dayNumber(day) {
  const [y, m, d] = day.split("-").map(Number);
  return day ? y * 10000 + m * 100 + d : 0;
}

const unpacked = new Map(); // the last chunks that were opened

// detail returns a promise of what is shown of an item when it is opened.
async function detail(item) {
  const n = Math.floor(item.at / index.chunk);
  if (!unpacked.has(n)) {
    if (unpacked.size > 20) unpacked.delete(unpacked.keys().next().value);
    unpacked.set(n, unpack(chunks[n].textContent));
  }
  return (await unpacked.get(n))[item.at % index.chunk];
}

async function unpack(text) {
  const bytes = Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(stream).text());
}

// Marks of pages that were reviewed, kept in the browser for this very change.
const markKey = "newsctl review " + index.key;
const reviewed = new Set(loadMarks());

function loadMarks() {
  try {
    return JSON.parse(localStorage.getItem(markKey)) || [];
  } catch {
    return [];
  }
}

function mark(item, is) {
  if (is) reviewed.add(item.at);
  else reviewed.delete(item.at);
  try {
    localStorage.setItem(markKey, JSON.stringify([...reviewed]));
  } catch {
    // The marks last as long as the page.
  }
}

// What is asked for. It is kept in the address, so that a link leads to it.
const asked = { q: "", context: "", kinds: new Set(), years: new Set(), reviewed: "", sort: "", size: 0, seed: 0 };

function matches() {
  const q = asked.q.toLowerCase().split(/\s+/).filter(Boolean);
  const named = asked.context.toLowerCase();
  let contexts = null;
  if (named) {
    const exact = index.contexts.some((name) => name.toLowerCase() === named);
    contexts = new Set();
    index.contexts.forEach((name, i) => {
      const lower = name.toLowerCase();
      if (exact ? lower === named : lower.includes(named)) contexts.add(i);
    });
  }
  const kinds = [...asked.kinds];
  const found = items.filter(
    (it) =>
      (kinds.length === 0 || kinds.some((k) => it.kinds.has(k))) &&
      (!contexts || it.contexts.some((c) => contexts.has(c))) &&
      (!asked.reviewed || reviewed.has(it.at) === (asked.reviewed === "yes")) &&
      q.every((word) => it.sought.includes(word)),
  );
  return found;
}

// chosen returns the items that match: those of the years, sampled and in order, and
// how many match of each year.
function chosen() {
  const byYear = new Map();
  let found = matches();
  for (const it of found) byYear.set(it.year, (byYear.get(it.year) || 0) + 1);
  if (asked.years.size) found = found.filter((it) => asked.years.has(it.year));
  if (asked.size) found = sample(found, asked.size, asked.seed);
  const order = orders[asked.sort];
  if (order) found.sort((a, b) => order(a, b) || a.at - b.at);
  return { found, byYear };
}

const orders = {
  "": (a, b) => a.when - b.when,
  new: (a, b) => b.when - a.when,
  most: (a, b) => b.changes - a.changes,
};

// sample draws items at random; the same seed draws the same ones.
function sample(from, size, seed) {
  const pool = from.slice();
  const random = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const count = Math.min(size, pool.length);
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (pool.length - i));
    [pool[i], pool[j]] = [pool[j], pool[i]];
  }
  return pool.slice(0, count).sort((a, b) => a.at - b.at);
}

function toAddress() {
  const p = new URLSearchParams();
  if (asked.q) p.set("q", asked.q);
  if (asked.context) p.set("context", asked.context);
  if (asked.kinds.size) p.set("kind", [...asked.kinds].map((k) => index.kinds[k].id).join(","));
  if (asked.years.size) p.set("year", [...asked.years].join(","));
  if (asked.reviewed) p.set("reviewed", asked.reviewed);
  if (asked.sort) p.set("sort", asked.sort);
  if (asked.size) p.set("sample", asked.size + "." + asked.seed);
  const text = p.toString();
  try {
    history.replaceState(null, "", text ? "#" + text : location.pathname + location.search);
  } catch {
    // Some viewers do not let a page change its address.
  }
}

function fromAddress() {
  const p = new URLSearchParams(location.hash.slice(1));
  const list = (name) => (p.get(name) || "").split(",").filter(Boolean);
  asked.q = p.get("q") || "";
  asked.context = p.get("context") || "";
  asked.kinds = new Set(list("kind").map((id) => index.kinds.findIndex((k) => k.id === id)).filter((k) => k >= 0));
  asked.years = new Set(list("year"));
  asked.reviewed = p.get("reviewed") || "";
  asked.sort = p.get("sort") || "";
  [asked.size, asked.seed] = (p.get("sample") || "0.0").split(".").map((n) => Number(n) || 0);
}

