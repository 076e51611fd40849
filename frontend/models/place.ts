/**
 * Every place of the page has an address. A thread is a channel: /c/9 is also where a thread
 * stands, beside the channel that it belongs to. Positions name messages, since they never change.
 * What else stands beside the room is in the query: /c/7?panel=pins, /c/7?document=3.
 */

export type View = "front" | "channel" | "threads" | "saved";

const PANELS = ["members", "pins", "documents"] as const;
export type PanelName = (typeof PANELS)[number];

export interface Place {
  view: View;
  /** 0 where there is none. */
  channel: number;
  /** The position of the message that is meant. */
  message: number | null;
  /** What stands beside the room. */
  panel: PanelName | null;
  document: number | null;
  /** In the live space of the channel instead of its messages: /c/7/space. */
  space: boolean;
}

const CHANNEL = /^\/c\/(\d{1,15})(?:\/m\/(\d{1,15})|(\/space))?$/;
const NUMBER = /^\d{1,15}$/;

export const inView = (view: View): Place => ({
  view,
  channel: 0,
  message: null,
  panel: null,
  document: null,
  space: false,
});

export const inChannel = (channel: number, message: number | null = null): Place => ({
  ...inView("channel"),
  channel,
  message,
});

export const inSpace = (channel: number): Place => ({ ...inChannel(channel), space: true });

/** The place that an address names; null for a page that is not ours. */
export function placeIn({ pathname, search }: { pathname: string; search: string }): Place | null {
  const path = pathname.replace(/\/$/, "");
  if (path === "") return inView("front");
  if (path === "/threads") return inView("threads");
  if (path === "/saved") return inView("saved");
  const [, channel, message, space] = CHANNEL.exec(path) ?? [];
  if (channel === undefined) return null;
  if (space !== undefined) return inSpace(Number(channel));
  const place = inChannel(Number(channel), message === undefined ? null : Number(message));
  return { ...place, ...besideIn(new URLSearchParams(search)) };
}

function besideIn(query: URLSearchParams): Pick<Place, "panel" | "document"> {
  const document = query.get("document") ?? "";
  return {
    panel: PANELS.find((name) => name === query.get("panel")) ?? null,
    document: NUMBER.test(document) ? Number(document) : null,
  };
}

export function addressOf({ view, channel, message, panel, document, space }: Place): string {
  if (view === "front") return "/";
  if (view !== "channel") return `/${view}`;
  if (space) return `/c/${channel}/space`;
  const path = `/c/${channel}${message === null ? "" : `/m/${message}`}`;
  if (document !== null) return `${path}?document=${document}`;
  return panel === null ? path : `${path}?panel=${panel}`;
}
