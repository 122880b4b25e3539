// Opens review pages in Chromium: a hostile one must be exact, and of a large one
// the times are printed.
//
//	node review.check.mjs [--shots DIR] [--archive DIR]
//
// Without --archive, an archive of invented events stands in for a large one.
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { hostile, shown, writeHostile, writeLarge } from "./review-archives.mjs";

const args = process.argv.slice(2);
const option = (name) => (args.includes(name) ? path.resolve(args[args.indexOf(name) + 1]) : "");
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const temp = fs.mkdtempSync(path.join(os.tmpdir(), "newsctl-review-"));
const shots = option("--shots");
let failures = 0;

function check(holds, what) {
  if (!holds) failures++;
  if (!holds || process.env.VERBOSE) console.log((holds ? "ok   " : "FAIL ") + what);
}

const binary = path.join(temp, process.platform === "win32" ? "newsctl.exe" : "newsctl");
execFileSync("go", ["build", "-o", binary, "."], { cwd: root });

// page runs newsctl, which writes a page to a file, and returns the file.
function page(name, archive, ...line) {
  const file = path.join(temp, name + ".html");
  const env = { ...process.env, NEWSCTL_CACHE_DIR: path.join(temp, "cache") };
  const run = spawnSync(binary, [...line, "-C", archive, "--format", "html:" + file], { env, encoding: "utf8" });
  if (run.status > 1) throw new Error(run.stderr);
  return file;
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});

// open opens a page, and keeps what it should not do: run a script, break its policy.
async function open(file, options = {}) {
  const tab = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  tab.faults = [];
  tab.on("dialog", (d) => (tab.faults.push("dialog " + d.message()), d.dismiss()));
  tab.on("console", (m) => ["error", "warning"].includes(m.type()) && tab.faults.push(m.text()));
  tab.on("pageerror", (e) => tab.faults.push(e.message));
  tab.on("request", (r) => r.url().startsWith("file:") || tab.faults.push("request " + r.url()));
  await tab.goto("file://" + file);
  return tab;
}

async function speed() {
  const archive = option("--archive") || writeLarge(path.join(temp, "large"));
  const file = page("large", archive, "relink", "--dry-run");
  const ready = [];
  for (let i = 0; i < 3; i++) {
    const tab = await open(file);
    await tab.waitForSelector("html.ready");
    ready.push(await tab.evaluate(() => performance.getEntriesByName("ready")[0].startTime));
    if (i < 2) await tab.close();
    else await filters(tab);
  }
  const median = ready.sort((a, b) => a - b)[1];
  console.log(`large page: ${(fs.statSync(file).size / 1e6).toFixed(1)} MB, interactive after ${Math.round(median)} ms`);
}

// filters measures each kind of filter five times, to the frame that shows its result.
// It prints the medians.
async function filters(tab) {
  const times = await tab.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const times = {};
    const measure = async (name, act) => {
      await frame();
      const start = performance.now();
      act();
      await frame();
      (times[name] ??= []).push(performance.now() - start);
    };
    const type = (field, text) => () => {
      const input = document.querySelector(`[name=${field}]`);
      input.value = text;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const press = (selector) => () => document.querySelector(selector).click();
    for (let i = 0; i < 5; i++) {
      await measure("text", type("q", "1"));
      await measure("text cleared", type("q", ""));
      await measure("kind", press(".total"));
      await measure("year", press(".bar:nth-child(5)"));
      await measure("clear", press("[name=clear]"));
      await measure("context", type("context", "a"));
      await measure("order", type("sort", "most"));
      await measure("sample", press("[name=draw]"));
      await measure("clear again", press("[name=clear]"));
    }
    return Object.entries(times).map(([name, list]) => name + " " + Math.round(list.sort((a, b) => a - b)[2]));
  });
  console.log("filters, median: " + times.join(", ") + " ms");
  check(tab.faults.length === 0, "no faults: " + tab.faults);
}

// safe checks that a page made no element of what pages say, and that all of its text
// is there, exactly.
async function safe(file, what, wanted, options) {
  const tab = await open(file, options);
  if (options?.javaScriptEnabled !== false && (await tab.$("main"))) {
    await tab.waitForSelector("html.ready");
    await tab.evaluate(() => dispatchEvent(new Event("beforeprint"))); // makes all rows
    await tab.evaluate(() => document.querySelectorAll(".item .title").forEach((b) => b.click()));
    await tab.waitForFunction(() => document.querySelectorAll(".detail").length === document.querySelectorAll(".item").length);
    await tab.evaluate(() => document.querySelectorAll(".raw").forEach((d) => (d.open = true)));
    await tab.waitForTimeout(100);
    check((await tab.evaluate(() => window.ran)) === undefined, `${what}: no script runs`);
  }
  const found = await tab.evaluate(() => ({
    tags: [...new Set([...document.querySelectorAll("body *")].map((e) => e.localName))],
    handlers: [...document.querySelectorAll("*")].flatMap((e) => e.getAttributeNames()).filter((n) => n.startsWith("on") || n === "style" || n === "src"),
    links: [...document.querySelectorAll("[href]")].length,
    texts: [...document.querySelectorAll("bdi")].map((e) => e.textContent),
    diffs: [...document.querySelectorAll(".diff")].map((e) => e.textContent).sort(),
    title: document.title,
  }));
  const ours = "header footer p span h1 bdi code ul li details summary pre section button b small svg rect i noscript main form input datalist option select progress kbd div article table caption thead tbody tr th td mark h2 script";
  check(found.tags.every((t) => ours.split(" ").includes(t)), `${what}: elements ${found.tags}`);
  check(found.handlers.length === 0 && found.links === 0, `${what}: attributes ${found.handlers}`);
  const texts = new Set(found.texts);
  for (const text of wanted) check(texts.has(shown(text)), `${what}: text ${JSON.stringify(text)}`);
  check(!found.texts.some((t) => /[\u202a-\u202e\u2066-\u2069\u200b-\u200f\x00-\x08\x0b-\x1f]/.test(t)), `${what}: nothing is hidden`);
  check(tab.faults.length === 0, `${what}: faults ${tab.faults}`);
  await tab.close();
  return found.diffs;
}

async function hostility() {
  const archive = writeHostile(path.join(temp, "hostile"));
  const headlines = hostile.map((h) => h.text.replace(/^ +| +$/g, ""));
  const all = [...headlines, ...hostile.map((h) => h.path), ...hostile.map((h) => h.context)];
  const relink = page("hostile", archive, "relink", "--dry-run");
  const diff = spawnSync(binary, ["relink", "--dry-run", "-C", archive], { encoding: "utf8" }).stdout;
  const diffs = diff.split(/^(?=diff --git )/m).map((text) => text.replace(/[^\n\t]+/g, shown));
  for (const [what, options] of [["relink", {}], ["relink without scripts", { javaScriptEnabled: false }]]) {
    const found = await safe(relink, what, all, options);
    check(found.join("") === diffs.sort().join(""), `${what}: the diffs of the page are those of the command`);
  }
  await safe(page("lint", archive, "lint"), "lint", headlines);
  await safe(page("lint-fix", archive, "lint", "--fix", "--dry-run"), "lint --fix", []);
  await safe(page("diff", archive, "diff"), "diff", all.slice(0, headlines.length));
  console.log(`hostile pages: ${hostile.length} headlines, paths and contexts`);
}

// uses walks through a page by its keys.
async function uses() {
  const tab = await open(path.join(temp, "hostile.html"));
  await tab.waitForSelector("html.ready");
  for (const key of ["j", "j", "Enter"]) await tab.keyboard.press(key);
  await tab.waitForSelector(".item.open.current .list");
  await tab.keyboard.press("d");
  await tab.waitForSelector(".item.open .diff");
  await tab.keyboard.press("?");
  const hidden = await tab.$$eval(".keys, .keys kbd, .legend, .legend .badge", (list) => list.filter((e) => e.offsetWidth === 0).map((e) => e.outerHTML));
  check(hidden.length === 0, "? shows the keys and the badges: " + hidden);
  await tab.keyboard.press("?");
  await tab.keyboard.press("m");
  const reviewed = () => tab.textContent(".state .reviewed");
  check((await reviewed()) === "1 reviewed", "m marks a page as reviewed");
  await tab.reload();
  await tab.waitForSelector("html.ready");
  check((await reviewed()) === "1 reviewed", "marks stay");
  await tab.fill("[name=size]", "7");
  await tab.keyboard.press("Escape");
  await tab.keyboard.press("s");
  const rows = () => tab.$$eval(".item bdi.headline", (list) => list.map((e) => e.textContent).join("|"));
  const drawn = await rows();
  check(drawn.split("|").length >= 7, "s draws a sample");
  await tab.reload();
  await tab.waitForSelector("html.ready");
  check((await rows()) === drawn, "the address keeps the sample");
  await tab.close();
}

// accessible checks pages with an item and its diff open, in light and dark.
async function accessible() {
  const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  for (const name of ["hostile", "lint", "diff"]) {
    for (const colorScheme of ["light", "dark"]) {
      const tab = await open(path.join(temp, name + ".html"), { colorScheme });
      await tab.waitForSelector("html.ready");
      await tab.click(".item .title");
      await tab.waitForSelector(".detail");
      await tab.keyboard.press("d");
      await tab.evaluate(axe);
      const { violations } = await tab.evaluate(() => window.axe.run(document));
      const serious = violations.filter((v) => ["serious", "critical"].includes(v.impact));
      check(serious.length === 0, `axe, ${name}, ${colorScheme}: ` + serious.map((v) => v.id + " " + v.nodes.slice(0, 3).map((n) => n.html)).join("; "));
      await tab.close();
    }
  }
}

async function pictures() {
  for (const name of ["large", "hostile", "lint"]) {
    for (const colorScheme of ["light", "dark"]) {
      for (const width of [1280, 390]) {
        const tab = await open(path.join(temp, name + ".html"), { colorScheme, viewport: { width, height: 900 } });
        await tab.waitForSelector("html.ready");
        await tab.screenshot({ path: path.join(shots, `${name}-${colorScheme}-${width}.png`) });
        await tab.click(".item .title");
        await tab.waitForSelector(".detail");
        await tab.evaluate(() => document.querySelector(".item.open").scrollIntoView());
        await tab.evaluate(() => scrollBy(0, -90));
        await tab.screenshot({ path: path.join(shots, `${name}-${colorScheme}-${width}-open.png`) });
        const wide = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        check(wide <= 0, `${name} at ${width} px is ${wide} px too wide`);
        await tab.close();
      }
    }
  }
}

try {
  await speed();
  await hostility();
  await uses();
  await accessible();
  if (shots) await pictures();
} finally {
  await browser.close();
  fs.rmSync(temp, { recursive: true, force: true });
}
process.exit(failures ? 1 : 0);
