/** Where a timeline comes to stand when it is shown: the newest, the first unread, or some message. */

export type Landing =
  | { at: "newest" }
  /** The first unread message, beneath its divider. */
  | { at: "unread"; position: number }
  /** Somebody asked for this message: it stands in the middle and glows. */
  | { at: "message"; position: number }
  /** As one left it: the lower edge of this message's row was so many pixels below the top. */
  | { at: "before"; position: number; edge: number };

export const NEWEST: Landing = { at: "newest" };

/** The position that a log must hold for it. */
export const positionOf = (landing: Landing): number | null =>
  landing.at === "newest" ? null : landing.position;
