// What is shown of a page when it is opened. Text becomes text nodes, and nothing else.

const signs = {
  "": ["same", ""], "+": ["added", "+"], "-": ["removed", "−"], ">": ["moved", "↕"], "~": ["changed", "~"],
  error: ["error", "error"], warning: ["warning", "warning"], info: ["info", "info"],
};

// el returns an element with a class and children; strings are marked texts.
function el(tag, className, ...children) {
  const e = document.createElement(tag);
  if (className) e.className = className;
  for (const child of children) {
    if (child instanceof Node) e.append(child);
    else if (child) put(e, child);
  }
  return e;
}

// put adds a marked text: what is between marks differs.
function put(e, text) {
  for (const part of text.split("\x01")) {
    const end = part.indexOf("\x02");
    if (end >= 0) {
      const m = document.createElement("mark");
      m.textContent = part.slice(0, end);
      e.append(m);
    }
    const rest = part.slice(end + 1);
    if (rest) e.append(document.createTextNode(rest));
  }
}

const contextNames = (names) =>
  el("span", "contexts", ...names.map((name) => {
    const b = el("button", "context", el("bdi", "", name));
    b.type = "button";
    b.dataset.context = unmarked(name);
    b.title = "Show only pages of this context";
    return b;
  }));

function cell(c, why) {
  const td = el("td");
  if (!c) return td;
  td.append(el("span", "n", c.n + "."), " ", el("bdi", "text", c.t));
  if (c.d) td.append(" ", el("span", "day", c.d));
  if (c.c) td.append(contextNames(c.c));
  if (why) td.append(el("span", "why", el("bdi", "", why)));
  if (c.p) td.title = unmarked(c.p);
  return td;
}

function table(list) {
  const body = el("tbody", "", ...list.r.map((row) =>
    el("tr", signs[row.s || ""][0], cell(row.m ? { ...row.a, n: row.m } : row.b, row.a ? "" : row.w), cell(row.a, row.w))));
  return el("table", "list", el("caption", "", list.t), el("thead", "", el("tr", "", el("th", "", "Before"), el("th", "", "After"))), body);
}

function note(n) {
  const [name, sign] = signs[n.s || ""];
  const li = el("li", name, el("b", "sign", sign), " ");
  if (n.l) li.append(el("code", "", n.l), " ");
  li.append(el("span", "what", n.k), " ", el("bdi", "", n.t));
  if (n.m) li.append(el("bdi", "more", n.m));
  if (n.f) li.append(el("bdi", "fix", n.f));
  return li;
}

function unified(diff) {
  const pre = el("pre", "diff");
  let inHunk = false;
  for (const line of diff.replace(/\n$/, "").split("\n")) {
    inHunk = inHunk || line.startsWith("@@");
    const name = line.startsWith("@@") ? "hunk" : !inHunk ? "head" : line[0] === "+" ? "added" : line[0] === "-" ? "removed" : "";
    pre.append(el("span", name, el("bdi", "", line)), "\n");
  }
  return pre;
}

// body returns what is below the line of an item.
function body(item, d) {
  const out = el("div", "detail");
  if (item.old) out.append(el("p", "old", "before: ", el("bdi", "", item.old)));
  const path = el("p", "path");
  if (item.was) path.append(el("bdi", "", item.was), " → ");
  path.append(el("bdi", "", item.path));
  out.append(path);
  if (item.contexts.length) out.append(contextNames(item.contexts.map((c) => index.contexts[c])));
  for (const list of d.l || []) out.append(table(list));
  if (d.n) out.append(el("ul", "notes", ...d.n.map(note)));
  if (d.d) {
    const raw = el("details", "raw", el("summary", "", "Unified diff"));
    raw.addEventListener("toggle", () => {
      if (raw.open && !raw.querySelector("pre")) raw.append(unified(d.d));
    });
    out.append(raw);
  }
  return out;
}

