/** The live space in this tab: the server's rules, its frames, and what is shown between them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Arranging } from "../spaces/arranging";
import { wayTo } from "../spaces/path";
import { aboutHouse } from "../spaces/roll";
import { Room } from "../spaces/room";
import { Steering } from "../spaces/steering";
import { spotAt, viewOf } from "../spaces/view";
import type { HouseStatistics, SpaceChange, SpaceState } from "../spaces/wire";
import { World } from "../spaces/world";

const TESTS = join(import.meta.dirname, "../../tests");
const read = (path: string) => JSON.parse(readFileSync(join(TESTS, path), "utf8"));
const golden = (name: string) => read(`wire/event-${name}.json`).data;

const ME = 1;
const CHULSOO = 2;

const inside = (): World => {
  const world = new World(ME);
  world.takeState(golden("game-state") as SpaceState, 0);
  return world;
};

it("tells how busy the house is", () => {
  expect(aboutHouse(golden("statistics") as HouseStatistics)).toMatch(
    /^\d+ people .* \d+ messages/,
  );
  expect(aboutHouse({ online: 1, messages_per_second: 1 / 60 })).toBe(
    "1 person is in the house. 1 message a minute.",
  );
});

it("walks as the server walks", () => {
  const { objects, walks } = read("spaces/walks.json");
  const room = new Room(objects);
  for (const walk of walks)
    for (let step = 1; step < walk.length; step++) {
      const { dx, dy, x, y } = walk[step];
      const end = room.walk(walk[step - 1], dx, dy);
      expect(end.x).toBeCloseTo(x, 9);
      expect(end.y).toBeCloseTo(y, 9);
    }
});

it("takes in an update: only what changed changes", () => {
  const world = inside();
  world.takeChange(golden("player-update") as SpaceChange, 10);
  expect(world.figures.get(ME)?.player).toMatchObject({ x: 490, y: 560, score: 3 });
  expect(world.figures.get(CHULSOO)?.player).toMatchObject({ x: 300, y: 388, score: 0 });
  expect([...world.objects.keys()]).toEqual([1, 2, 1001]);
  expect(world.ranking().map((player) => player.id)).toEqual([ME, CHULSOO]);
});

it("heals with the whole state, and knows who is gone", () => {
  const world = inside();
  world.takeChange({ channel: 7, tick: 1, players: { 2: { x: 999 } } }, 10);
  world.takePlayer({ id: 9, name: "Ghost", x: 1, y: 1, score: 0 }, 10);
  world.takeState(golden("game-state-update") as SpaceState, 20);
  expect(world.figures.get(CHULSOO)?.player.x).toBe(300);
  expect([...world.figures.keys()]).toEqual([ME, CHULSOO]);
  world.remove(golden("player-left").id);
  expect([...world.figures.keys()]).toEqual([ME]);
});

it("shows others a moment late and smoothly", () => {
  const world = inside();
  const chulsoo = world.figures.get(CHULSOO);
  if (!chulsoo) throw new Error("nobody there");
  world.takeChange({ channel: 7, tick: 1, players: { 2: { x: 320 } } }, 1_000);
  world.takeChange({ channel: 7, tick: 2, players: { 2: { x: 340 } } }, 1_100);
  expect(chulsoo.at(1_000).x).toBe(300);
  expect(chulsoo.at(1_050 + world.shownLateMs).x).toBe(330);
  expect(chulsoo.at(2_000).x).toBe(340);
  expect(chulsoo.isMoving(1_150)).toBe(true);
  expect(chulsoo.isMoving(3_000)).toBe(false);
});

it("moves oneself at once, and comes to where the server says when one stands", () => {
  const world = inside();
  expect(world.walk(10, 0, 5_000)).toEqual({ x: 10, y: 0 });
  world.agree(5_100);
  expect(world.me?.x).toBe(490);
  for (let now = 6_000; now < 7_000; now += 16) world.agree(now);
  expect(world.me).toEqual({ x: 480, y: 560 });
});

it("goes around the furniture to where one has pointed", () => {
  const { objects } = read("spaces/walks.json");
  const world = inside();
  world.room = new Room(objects);
  world.me = { x: 100, y: 400 };
  const steering = new Steering();
  const aim = { x: 700, y: 200 };
  steering.goTo(world, aim);
  for (let frame = 0; frame < 600 && steering.isActive && world.me; frame++) {
    const step = steering.step(world.me, 4);
    world.walk(step.x, step.y, frame * 16);
  }
  expect(Math.hypot(world.me.x - aim.x, world.me.y - aim.y)).toBeLessThan(8);
  const insideTable = { x: 270, y: 320 };
  const end = wayTo(world.room, { x: 100, y: 400 }, insideTable).at(-1);
  expect(end && world.room.isFree(end)).toBe(true);
});

it("walks by the place of the keys, slantwise no faster", () => {
  const steering = new Steering();
  expect(steering.press("KeyQ")).toBe(false);
  steering.press("KeyW");
  steering.press("ArrowRight");
  const step = steering.step({ x: 0, y: 0 }, 10);
  expect(Math.hypot(step.x, step.y)).toBeCloseTo(10);
  expect(step.y).toBeLessThan(0);
  steering.release("KeyW");
  steering.release("ArrowRight");
  expect(steering.isActive).toBe(false);
});

it("follows one on a small screen and shows all on a large one", () => {
  const large = viewOf(1_200, 800, { x: 0, y: 0 });
  expect(large.scale).toBe(1.25);
  const phone = viewOf(390, 500, { x: 480, y: 320 });
  expect(spotAt(phone, 195, 250).x).toBeCloseTo(480);
  expect(viewOf(390, 500, { x: 0, y: 0 }).left).toBe(0);
});

it("arranges furniture inside the walls and keeps the entrance free", () => {
  const arranging = new Arranging(inside().objects.values());
  expect(arranging.pieces).toHaveLength(2);
  arranging.add("table");
  arranging.grasp({ x: 480, y: 320 });
  arranging.drag({ x: 5_000, y: 320 });
  expect(arranging.selected?.x).toBe(960 - 24 - 128);
  arranging.drag({ x: 480, y: 5_000 });
  expect(arranging.misplaced()).toEqual([arranging.selected]);
  arranging.remove();
  expect(arranging.furniture()).toEqual([
    { kind: "table", x: 208, y: 288 },
    { kind: "cushion", x: 160, y: 308 },
  ]);
});
