// @vitest-environment happy-dom
/** The document as one reads it: markdown becomes elements, and nothing else does. */
import { render } from "lit";
import { expect, it } from "vitest";
import { preview } from "../documents/preview";

function drawn(text: string): HTMLElement {
  const place = document.createElement("div");
  render(preview(text), place);
  return place;
}

const words = (element: Element | null | undefined) => element?.textContent?.replace(/\s+/g, " ");

it("draws what people write", () => {
  const page = drawn(
    "# 제목 *one*\n\n- [x] done\n- [ ] **open** ~~struck~~\n\n3. three\n\n> quoted\n> twice\n\n```js\nlet a = 1 < 2;\n```\n\n| a | b |\n| - | - |\n| 1 | `2` |\n\n---\n",
  );
  expect(page.querySelector("h1")?.dataset["slug"]).toBe("제목-one");
  expect(page.querySelector("h1 em")?.textContent).toBe("one");
  expect(page.querySelectorAll("li.task input")).toHaveLength(2);
  expect(page.querySelector("li strong")?.textContent).toBe("open");
  expect(page.querySelector("ol")?.getAttribute("start")).toBe("3");
  expect(words(page.querySelector("blockquote"))).toContain("quoted twice");
  expect(page.querySelector("pre code")?.textContent).toBe("let a = 1 < 2;");
  expect(page.querySelectorAll("td")[1]?.querySelector("code")?.textContent).toBe("2");
  expect(page.querySelector("hr")).not.toBeNull();
});

it("shows people who are mentioned, and no mail addresses as such", () => {
  const page = drawn("Ask @bob or 김철수@example.com, and @김영희님");
  expect([...page.querySelectorAll(".mention")].map(words)).toEqual(["@bob", "@김영희님"]);
});

it("makes nothing of markup", () => {
  const hostile = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "a <b onclick=alert(1)>bold</b>",
    "![image](https://example.com/x.png)",
    "[x](javascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    '[x](https://example.com/"onmouseover="alert(1))',
    "<javascript:alert(1)>",
    "[a]: javascript:alert(1)\n\n[a]",
  ].join("\n\n");
  const page = drawn(hostile);
  expect(page.querySelectorAll("script, img, b, iframe, style")).toHaveLength(0);
  for (const link of page.querySelectorAll("a")) expect(link.protocol).toMatch(/^https?:|mailto:/);
  const attributes = [...page.querySelectorAll("*")].flatMap((element) =>
    element.getAttributeNames(),
  );
  expect(attributes.filter((name) => name.startsWith("on"))).toEqual([]);
});

it("lets links out without telling who sent them", () => {
  const [outside, inside] = drawn("<https://example.com> [x](#below)").querySelectorAll("a");
  expect(outside?.rel).toContain("noreferrer");
  expect(inside?.getAttribute("href")).toBe("#below");
});

it("survives any nesting", () => {
  expect(words(drawn(`${"> ".repeat(2_000)}deep`))).toContain("deep");
  expect(words(drawn(`${"*a ".repeat(500)}deep${"*".repeat(500)}`))).toContain("deep");
});
