import { expect, it } from "vitest";
import { Outbox } from "../models/outbox";

it("sends in the order of writing, channel by channel", () => {
  const outbox = new Outbox();
  outbox.add(7, "one", "a", 0);
  outbox.add(8, "elsewhere", "b", 0);
  outbox.add(7, "two", "c", 0);
  expect(outbox.next(7)?.clientId).toBe("a");
  outbox.remove("a");
  expect(outbox.next(7)?.clientId).toBe("c");
  expect(outbox.channels().sort()).toEqual([7, 8]);
});

it("goes on past a failed one, which is sent again with the same client_id", () => {
  const outbox = new Outbox();
  outbox.add(7, "one", "a", 0);
  outbox.add(7, "two", "b", 0);
  outbox.failed("a", "forbidden");
  expect(outbox.next(7)?.clientId).toBe("b");
  expect(outbox.in(7).map((draft) => draft.failure)).toEqual(["forbidden", null]);
  outbox.retried("a");
  expect(outbox.next(7)).toMatchObject({ clientId: "a", text: "one", failure: null });
});
