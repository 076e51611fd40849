import { readFileSync } from "node:fs";
import { type IconNode, icons } from "lucide";
import { expect, it } from "vitest";

const drawn = (node: IconNode): string =>
  node
    .map(([tag, values]) => {
      const attributes = Object.entries(values).map(([name, value]) => `${name}="${value}"`);
      return `<${tag} ${attributes.join(" ")}/>`;
    })
    .join("");

const camel = (name: string): string =>
  name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

it("draws the server's icons as the browser's", () => {
  const symbols = readFileSync("templates/chat/icons.html", "utf8").matchAll(
    /<symbol id="icon-([\w-]+)" viewBox="0 0 24 24">(.*)<\/symbol>/g,
  );
  const found = [...symbols].map(([, name = "", content]) => [name, content]);
  expect(found).not.toHaveLength(0);
  for (const [name = "", content] of found)
    expect(content).toBe(drawn(icons[camel(name) as keyof typeof icons] as IconNode));
});
