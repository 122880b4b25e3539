// Opens the preview of newsctl serve in Chromium: axe finds no serious fault on any kind
// of page, nothing that a page says runs, no other host is asked, and a page is loaded
// again when its file changes.
//
//	node serve.check.mjs [--shots DIR]
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const args = process.argv.slice(2);
const shots = args.includes("--shots") ? path.resolve(args[args.indexOf("--shots") + 1]) : "";
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const temp = fs.mkdtempSync(path.join(os.tmpdir(), "newsctl-serve-"));
let failures = 0;

function check(holds, what) {
  if (!holds) failures++;
  if (!holds || process.env.VERBOSE) console.log((holds ? "ok   " : "FAIL ") + what);
}

const binary = path.join(temp, "newsctl");
execFileSync("go", ["build", "-o", binary, "."], { cwd: root });

// serve starts the preview of an archive, and returns its address and its process.
function serve(archive) {
  const server = spawn(binary, ["serve", "-C", archive], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve) => server.stdout.once("data", (data) => resolve({ server, address: String(data).trim() })));
}

const run = "window.ran=1";
const texts = [
  `<script>${run}</script>`, `<img src=x onerror="${run}">`, `"><svg onload=${run}>`, `' onfocus='${run}' autofocus='`, `<iframe srcdoc="<script>parent.ran=1</script>">`,
  `[x](javascript:${run})`, `<javascript:${run}>`, `![x](https://pictures.example/a.png)`, `<link rel=stylesheet href=https://a.example>`, `<style>*{display:none}</style>`,
  `<base href="https://a.example/">`, `<meta http-equiv=refresh content="0;url=https://a.example">`, `<form action=https://a.example><button>go</button></form>`, `</title><script>${run}</script>`, `\u202egnp.txt`,
];

// writeHostile writes pages that do not mean well.
function writeHostile(archive) {
  const day = path.join(archive, "news/2024/03/5");
  fs.mkdirSync(day, { recursive: true });
  const entries = texts.map((text, i) => {
    fs.writeFileSync(path.join(day, `event-${i}.md`), `### [2024-03-5](/news/2024/03/5/index.md)\n\n##### ${text}\n# ${text}\n\n${text}\n\n_Context: ${text}, shared_\n\n### Related:\n\n1. [${text}](/news/2024/03/5/event-0.md) _Context: shared_\n`);
    return `##### ${text}\n### [${text}](/news/2024/03/5/event-${i}.md)\n`;
  });
  fs.writeFileSync(path.join(day, "index.md"), `## [2024-03-5](/news/2024/03/5/index.md)\n\n${entries.join("\n")}`);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});

// open opens a tab that fails the check where something is loaded from elsewhere or the
// console complains.
async function open(address, options = {}) {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  tab.on("request", (r) => check(r.url().startsWith(address), `${tab.url()} asks ${r.url()}`));
  tab.on("console", (m) => check(m.type() !== "error" || m.text().includes("404"), `${tab.url()}: ${m.text()}`));
  return tab;
}

// ready waits until the whole archive was read and checked.
async function ready(tab, address) {
  for (;;) {
    await tab.goto(address);
    const text = await tab.textContent("body");
    if (!/Reading the archive|findings so far/.test(text)) return;
    await tab.waitForTimeout(200);
  }
}

// first returns the first link of a page whose address fits.
const first = (tab, fits) => tab.evaluate((fits) => [...document.querySelectorAll("main a")].map((a) => a.getAttribute("href")).find((h) => new RegExp(fits).test(h)), fits);

// kinds returns an address of each kind of page.
async function kinds(tab, address) {
  const out = { front: "/", calendar: "/calendar", contexts: "/contexts", findings: "/findings", search: "/search?q=a", missing: "/news/2024/03/5/gone.md" };
  await tab.goto(address + "calendar");
  out.day = await first(tab, "/index\\.md$");
  await tab.goto(address + out.day.slice(1));
  out.event = await first(tab, "^/news/\\d+/\\d+/\\d+/(?!index|README).*\\.md$");
  await tab.goto(address + "contexts");
  out.context = await first(tab, "^/context\\?");
  await tab.goto(address + "findings");
  out.found = (await first(tab, "\\.md#L")) || "/";
  return out;
}

const light = { viewport: { width: 1280, height: 900 }, colorScheme: "light" };
const dark = { viewport: { width: 390, height: 800 }, colorScheme: "dark" };

// accessible opens the pages of an archive, all kinds or only some.
async function accessible(name, archive, looks, only) {
  const { server, address } = await serve(archive);
  const tab = await open(address);
  await ready(tab, address);
  const pages = await kinds(tab, address);
  for (const look of looks) {
    const tab = await open(address, look);
    for (const [kind, at] of Object.entries(pages)) {
      if (only && !only.includes(kind)) continue;
      await tab.goto(address + at.slice(1));
      await tab.evaluate(axe);
      const { violations } = await tab.evaluate(() => window.axe.run(document));
      for (const v of violations) {
        const serious = v.impact === "serious" || v.impact === "critical";
        check(!serious, `${name} ${kind} ${look.viewport.width} ${look.colorScheme}: ${v.impact} ${v.id}: ${v.nodes[0].html} ${v.nodes[0].failureSummary}`);
      }
      const wide = await tab.evaluate(() => [...document.querySelectorAll("body *")].filter((e) => document.documentElement.scrollWidth > innerWidth && e.getBoundingClientRect().right > innerWidth).map((e) => e.outerHTML.slice(0, 200))[0]);
      check(!wide, `${name} ${kind}: wider than ${look.viewport.width}: ${wide}`);
      check(!(await tab.evaluate(() => window.ran)), `${name} ${kind}: nothing runs`);
      if (shots) await tab.screenshot({ path: path.join(shots, `${name}-${kind}-${look.viewport.width}.png`) });
    }
    await tab.context().close();
  }
  await tab.context().close();
  return { server, address, pages };
}

// end stops a server as Ctrl-C does.
const end = (server) =>
  new Promise((resolve) => {
    server.once("exit", (status) => resolve(check(status === 0, `serve ends with ${status}`)));
    server.kill("SIGINT");
  });

if (shots) fs.mkdirSync(shots, { recursive: true });
const clean = path.join(temp, "clean");
fs.cpSync(path.join(root, "fixtures/clean"), clean, { recursive: true });
{
  const { server, address, pages } = await accessible("clean", clean, [light, dark]);
  const file = path.join(clean, decodeURIComponent(pages.event));
  const tab = await open(address);
  await tab.goto(address + pages.event.slice(1));
  fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace(/^# .*$/m, "# Gulls hold a meeting."));
  await tab.waitForSelector("h1:text('Gulls hold a meeting.')", { timeout: 10000 }).catch(() => check(false, "a page is loaded again when its file changes"));
  const plain = await open(address, { javaScriptEnabled: false });
  await plain.goto(address + pages.event.slice(1));
  check((await plain.textContent("h1")).includes("Gulls"), "a page is read without JavaScript");
  for (const c of browser.contexts()) await c.close();
  await end(server);
}
await end((await accessible("broken", path.join(root, "fixtures/broken"), [dark], ["front", "day", "found", "calendar"])).server);
await end((await accessible("chinese", path.join(root, "fixtures/chinese"), [light], ["event", "context"])).server);
const hostile = path.join(temp, "hostile");
writeHostile(hostile);
{
  const { server, address } = await accessible("hostile", hostile, [dark], ["day", "contexts", "found"]);
  const tab = await open(address);
  for (let i = 0; i < texts.length; i++) {
    await tab.goto(`${address}news/2024/03/5/event-${i}.md`);
    check(!(await tab.evaluate(() => window.ran)), `hostile ${i}: nothing runs`);
    check(new URL(tab.url()).origin + "/" === address, `hostile ${i}: the page stays`);
  }
  const cross = await browser.newContext();
  const other = await cross.newPage();
  await other.goto("data:text/html,<title>elsewhere</title>");
  const answer = await other.evaluate((at) => fetch(at).then((r) => r.text(), () => ""), address);
  check(!answer.includes("<main"), "a page of another site reads nothing");
  for (const c of browser.contexts()) await c.close();
  await end(server);
}
await browser.close();
fs.rmSync(temp, { recursive: true, force: true });
if (failures) {
  console.log(`${failures} checks of the preview failed`);
  process.exit(1);
}
console.log("the preview: ok");
