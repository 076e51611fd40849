/** The types of live spaces on the wire. Nothing here runs. */

export type FurnitureKind = "table" | "cushion" | "screen" | "chest" | "plant";

export interface Player {
  id: number;
  name: string;
  x: number;
  y: number;
  score: number;
}

/** Furniture by its upper left corner, a light by its middle. */
export interface SpaceObject {
  kind: FurnitureKind | "light";
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Piece {
  kind: FurnitureKind;
  x: number;
  y: number;
}

export interface SpaceState {
  channel: number;
  players: Record<string, Player>;
  objects: Record<string, SpaceObject>;
  room: { width: number; height: number; speed: number };
  tick: number;
}

export interface SpaceChange {
  channel: number;
  players: Record<string, Partial<Player>>;
  objects?: Record<string, SpaceObject | null>;
  tick: number;
}

interface Arrangement {
  channel: number;
  objects: Record<string, SpaceObject>;
}

/** Of the whole house, all channels. */
export interface HouseStatistics {
  online: number;
  messages_per_second: number;
}

export interface SpaceRequests {
  "watch-statistics": { data: { active: boolean }; reply: object };
  "player-join": { data: { channel: number }; reply: object };
  "player-input": { data: { channel: number; dx: number; dy: number }; reply: object };
  "player-leave": { data: { channel: number }; reply: object };
  "arrange-space": { data: { channel: number; objects: Piece[] }; reply: Arrangement };
}

export interface SpaceEvents {
  statistics: HouseStatistics;
  "game-state": SpaceState;
  "game-state-update": SpaceState;
  "player-update": SpaceChange;
  "player-joined": { channel: number; player: Player };
  "player-left": { channel: number; id: number };
  "space-arranged": Arrangement;
}
