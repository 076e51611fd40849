import { expect, it } from "vitest";
import { addressOf, inChannel, inView, placeIn } from "../models/place";

const at = (address: string) => placeIn(new URL(address, "https://house"));

it.each(["/", "/c/7", "/c/7/m/55", "/c/7?panel=pins", "/c/7?document=3", "/threads", "/saved"])(
  "finds the way back to %s",
  (address) => {
    const place = at(address);
    expect(place && addressOf(place)).toBe(address);
  },
);

it("knows what an address names", () => {
  expect(at("/c/7/m/55")).toEqual(inChannel(7, 55));
  expect(at("/c/7/")).toEqual(inChannel(7));
  expect(at("/threads")).toEqual(inView("threads"));
  expect(at("/c/7?panel=members")?.panel).toBe("members");
});

it("leaves other pages to the browser", () => {
  for (const address of ["/settings/", "/c/", "/c/x", "/c/7/x", "/admin/"])
    expect(at(address), address).toBeNull();
});

it("does not trust what stands in a query", () => {
  expect(at("/c/7?panel=nonsense&document=1e9")).toEqual(inChannel(7));
});
