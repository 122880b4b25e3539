// Archives for review.check.mjs: one that is large, and one whose every text is hostile.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

function write(root, name, text) {
  const file = path.join(root, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

const day = (i) => `${2003 + (i % 17)}-${String(1 + (i % 12)).padStart(2, "0")}-${1 + (i % 28)}`;
const directory = (date) => "news/" + date.replaceAll("-", "/");

// writeLarge writes some 7,000 events whose related lists are out of date.
export function writeLarge(root) {
  const places = "Port Ellery,Norvane,Cape Lorn,Skerrow,Kestria,Old Harbour,Tern Island,Brine Street".split(",");
  const acts = "opens a ferry line,counts its herons,elects a harbor master,repairs the sea wall,bans the brass band at night,finds a bell,moves the market".split(",");
  const of = (i) => {
    const headline = `${places[i % 8]} ${acts[i % 7]}, and ${places[(i * 5 + 3) % 8]} ${acts[(i * 3 + 1) % 7]} for the ${i + 1}th time. `;
    return { date: day(i), headline, slug: headline.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, ""), contexts: [places[i % 8], `affair ${i % 700}`, `person ${(i * 7) % 900}`].sort() };
  };
  for (let i = 0; i < 7000; i++) {
    const e = of(i);
    const related = Array.from({ length: 5 }, (_, k) => of((i + 700 * (k + 1)) % 7000)).map(
      (o, k) => `${k + 1}. [${o.headline}](/${directory(o.date)}/${o.slug}.md) _Context: affair ${i % 700}_\n`,
    );
    write(root, `${directory(e.date)}/${e.slug}.md`, `### [${e.date}](/${directory(e.date)}/index.md)\n\n# ${e.headline}\n\n_Context: ${e.contexts.join(", ")}_\n\n### Related:\n\n${related.join("")}`);
  }
  return root;
}

const run = "window.ran=1";
const texts = [
  `<script>${run}</script>`, `</script><script>${run}</script>`, `</SCRIPT ><script>${run}//`, `<!--<script>${run}</script>`, `--><script>${run}</script>`,
  `]]><script>${run}</script>`, `<img src=x onerror="${run}">`, `<svg onload=${run}>`, `"><svg/onload=${run}>`, `'><img src=x onerror=${run}>`,
  `" onmouseover="${run}" x="`, `' onfocus='${run}' autofocus='`, "` onclick=`" + run, `<a href="javascript:${run}">x</a>`, `javascript:${run}`,
  `<iframe srcdoc="<script>parent.ran=1</script>">`, `<object data="data:text/html,x">`, `<embed src="x">`, `<base href="https://a.example/">`, `<meta http-equiv=refresh content=0>`,
  `<link rel=stylesheet href=//a.example>`, `<style>*{display:none}</style>`, `</style><script>${run}</script>`, `</noscript><script>${run}</script>`, `</title><script>${run}</script>`,
  `</textarea><script>${run}</script>`, `<math><mtext></mtext><script>${run}</script></math>`, `<form action=x><button>go</button></form>`, `<input autofocus onfocus=${run}>`, `<details open ontoggle=${run}>`,
  `<video><source onerror=${run}></video>`, `<body onload=${run}>`, `<marquee onstart=${run}>`, `<bdo dir=rtl>abc</bdo>`, `&lt;script&gt;${run}&lt;/script&gt;`,
  `&amp;&quot;&#39;&#x3c;`, `&#60;img src=x onerror=${run}&#62;`, `\\u003cscript\\u003e`, `\\x3cscript\\x3e`, `{{.Hash}} {{template "cell"}}`,
  "${" + run + "}", `{"items":[]}`, `"]}}</script>`, `url(javascript:${run})`, `expression(${run})`,
  `;color:red;background:url(//a.example)`, `}body{display:none}`, `@import "//a.example";`, `/*--></style>*/`, `\u202egnp.txt\u202c plain`,
  `\u2066isolated\u2069 text`, `zero\u200bwidth\u200djoiner`, `\ufeffmark`, `soft\u00adhyphen`, `line\u2028separator\u2029 end`,
  `tag\u{e0041}\u{e0042}`, `עברית (א) <b>`, `العربية "1" <i>`, `a\u0301\u0302\u0303 zalgo`, `\x01marks\x02 \x7f`,
];

// hostile are texts with the path and the context that say the same, as far as they
// can.
export const hostile = texts.map((text, i) => {
  const name = text.replace(/[/\\\0\x01\x02\x7f\n]/g, "-").replace(/^\.+/, "").slice(0, 60);
  return { text, path: `${directory(day(i))}/${name.trim()} ${i}.md`, context: `ctx ${i} ${text.replace(/&#?\w*;|[,;_*[\]\\\x01\x02]/g, "").trim()}`.trim(), day: day(i) };
});

// shown returns a text as newsctl shows it: what is not visible becomes an escape.
export function shown(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, (c) => {
    const n = c.codePointAt(0);
    if (n < 0x80) return "\\x" + n.toString(16).padStart(2, "0");
    return n < 0x10000 ? "\\u" + n.toString(16).padStart(4, "0") : "\\U" + n.toString(16).padStart(8, "0");
  });
}

// writeHostile writes an event of each hostile text, in a repository of git whose
// last commit has none of them.
export function writeHostile(root) {
  const git = (...args) => execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...args], { cwd: root, stdio: "ignore" });
  write(root, "README.md", "# News\n");
  git("init", "-q");
  git("add", "-A");
  git("commit", "-qm", "Begin");
  for (const h of hostile) {
    write(root, h.path, `### [${h.day}](/${directory(h.day)}/index.md)\n\n# ${h.text}\n\n_Context: ${h.context}, shared_\n`);
  }
  return root;
}
