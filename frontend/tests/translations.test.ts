/** Every text of the browser code is there in Korean. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const FRONTEND = join(import.meta.dirname, "..");
const CATALOGUE = join(FRONTEND, "../locale/ko/LC_MESSAGES/djangojs.po");
const CALL = /\bgettext\(\s*"([^"]+)"|\bngettext\(\s*"([^"]+)",\s*"([^"]+)"/g;
const ENTRY = /^msgid "(.+)"\n(?:msgid_plural ".+"\n)?msgstr(?:\[0\])? "(.*)"$/gm;
const PLACE = /%\(\w+\)s/g;

const sources = readdirSync(FRONTEND, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !/^(dist|tests)/.test(path))
  .map((path) => readFileSync(join(FRONTEND, path), "utf8"));

const texts = new Set(
  sources.flatMap((source) => [...source.matchAll(CALL)].map((call) => call[1] ?? call[2] ?? "")),
);

/** Some editors break long texts into lines. */
const catalogue = readFileSync(CATALOGUE, "utf8").replace(/"\n"/g, "");

const korean = new Map([...catalogue.matchAll(ENTRY)].map((entry) => [entry[1], entry[2] ?? ""]));

it("finds the texts", () => expect(texts.size).toBeGreaterThan(50));

it("has each of them in Korean", () => {
  const missing = [...texts].filter((text) => !korean.get(text));
  expect(missing).toEqual([]);
});

it("keeps no translation that nothing asks for", () => {
  const forgotten = [...korean.keys()].filter((text) => !texts.has(text ?? ""));
  expect(forgotten).toEqual([]);
});

it("leaves every place for a value in", () => {
  const places = (text: string) => [...text.matchAll(PLACE)].map(String).sort();
  for (const text of texts) expect(places(korean.get(text) ?? ""), text).toEqual(places(text));
});
