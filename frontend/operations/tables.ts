/** The tables of the console: each a list of rows under headings; on a phone each row is a card. */
import { html, nothing, type TemplateResult } from "lit";
import { gettext } from "../i18n/index";
import { bytes, clock, duration, milliseconds, number, rate } from "./format";
import type {
  AnnouncementState,
  AuditEntry,
  Dashboard,
  Fault,
  JobState,
  RequestTimes,
} from "./wire";

type Cell = string | TemplateResult;

export interface Column<T> {
  title: string;
  cell: (row: T) => Cell;
  isNumber?: boolean;
}

export function table<T>(title: string, columns: Column<T>[], rows: T[]): TemplateResult {
  return html`<section class="panel">
    <h2>${title} <span class="count">${number(rows.length)}</span></h2>
    ${rows.length === 0 ? html`<p class="empty">${gettext("Nothing here.")}</p>` : body(title, columns, rows)}
  </section>`;
}

// No arrows: `make messages` takes `= <T>` for markup that does not end.
function kind<T>(column: Column<T>): string {
  return column.isNumber ? "number" : "";
}

/** Buttons have no heading. */
function heading<T>(column: Column<T>): TemplateResult {
  return column.title
    ? html`<th class=${kind(column)} scope="col">${column.title}</th>`
    : html`<td></td>`;
}

function body<T>(title: string, columns: Column<T>[], rows: T[]): TemplateResult {
  return html`<div class="table-scroll" role="group" aria-label=${title} tabindex="0"><table>
    <thead>
      <tr>${columns.map(heading)}</tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) => html`<tr>
          ${columns.map((c) => html`<td class=${kind(c)} data-title=${c.title}>${c.cell(row)}</td>`)}
        </tr>`,
      )}
    </tbody>
  </table></div>`;
}

const mark = (isGood: boolean, text: string): TemplateResult =>
  html`<span class="mark ${isGood ? "good" : "bad"}">${text}</span>`;

/** What can be done about a row: the command is filled in, and shows first what it would do. */
export type Order = (
  command: string,
  values: Record<string, string | number>,
) => (() => void) | null;

const button = (text: string, kind: string, press: (() => void) | null): Cell =>
  press
    ? html`<button type="button" class="chip small ${kind}" @click=${press}>${text}</button>`
    : "";

export const workers = (shown: Dashboard["workers"], order: Order): TemplateResult =>
  table(
    gettext("Workers"),
    [
      { title: gettext("Worker"), cell: (w) => html`<code>${w.name}</code>` },
      { title: gettext("Process"), cell: (w) => `${w.host} · ${w.pid}` },
      { title: gettext("Version"), cell: (w) => w.version },
      { title: gettext("Up for"), cell: (w) => duration(w.uptime_seconds), isNumber: true },
      { title: gettext("Sockets"), cell: (w) => number(w.sockets), isNumber: true },
      { title: gettext("People"), cell: (w) => number(w.users), isNumber: true },
      { title: gettext("Loop lag"), cell: (w) => milliseconds(w.loop_lag_ms), isNumber: true },
      { title: gettext("CPU"), cell: (w) => `${rate(w.cpu_percent)} %`, isNumber: true },
      { title: gettext("Memory"), cell: (w) => bytes(w.memory_bytes), isNumber: true },
      {
        title: gettext("Deliveries/s"),
        cell: (w) => rate(w.deliveries_per_second),
        isNumber: true,
      },
      { title: gettext("Outboxes"), cell: (w) => bytes(w.outbox_bytes), isNumber: true },
      { title: gettext("Dropped"), cell: (w) => number(w.dropped_volatile), isNumber: true },
      {
        title: gettext("State"),
        cell: (w) =>
          w.draining
            ? mark(false, gettext("draining"))
            : mark(w.relay_healthy, w.relay_healthy ? gettext("well") : gettext("cut off")),
      },
      {
        title: "",
        cell: (w) =>
          shown.length > 1 && !w.draining
            ? button(gettext("Drain"), "dangerous", order("drain-worker", { worker: w.name }))
            : "",
      },
    ],
    shown,
  );

export const announcements = (shown: AnnouncementState[], order: Order): TemplateResult =>
  table(
    gettext("Announcements"),
    [
      { title: gettext("Number"), cell: (a) => String(a.id) },
      { title: gettext("Title"), cell: (a) => a.title },
      { title: gettext("Level"), cell: (a) => a.level },
      { title: gettext("Confirmed"), cell: (a) => number(a.confirmed), isNumber: true },
      { title: gettext("Missing"), cell: (a) => number(a.missing), isNumber: true },
      {
        title: gettext("Who is missing"),
        cell: (a) => a.missing_users.map((user) => user.display_name).join(", ") || "–",
      },
      {
        title: "",
        cell: ({ id, missing }) => html`<span class="row-buttons">
          ${missing > 0 ? button(gettext("Remind"), "", order("remind-announcement", { announcement: id })) : nothing}
          ${button(gettext("Withdraw"), "dangerous", order("withdraw-announcement", { announcement: id }))}
        </span>`,
      },
    ],
    shown,
  );

export const requests = (shown: RequestTimes[]): TemplateResult =>
  table(
    gettext("Requests"),
    [
      { title: gettext("Request"), cell: (r) => html`<code>${r.name}</code>` },
      { title: gettext("Per second"), cell: (r) => rate(r.per_second), isNumber: true },
      { title: "p50", cell: (r) => milliseconds(r.p50_ms), isNumber: true },
      { title: "p99", cell: (r) => milliseconds(r.p99_ms), isNumber: true },
      { title: gettext("In all"), cell: (r) => number(r.count), isNumber: true },
      { title: gettext("Errors"), cell: (r) => number(r.errors), isNumber: true },
    ],
    shown,
  );

export const channels = (shown: Dashboard["channels"]): TemplateResult =>
  table(
    gettext("Channels"),
    [
      { title: gettext("Channel"), cell: (c) => channelName(c) },
      { title: gettext("Events/s"), cell: (c) => rate(c.events_per_second), isNumber: true },
      { title: gettext("Listening"), cell: (c) => number(c.followers), isNumber: true },
      { title: gettext("Members"), cell: (c) => number(c.members), isNumber: true },
      { title: gettext("Messages"), cell: (c) => number(c.messages), isNumber: true },
      { title: gettext("Disk"), cell: (c) => `≈ ${bytes(c.disk_bytes)}`, isNumber: true },
    ],
    shown,
  );

function channelName(channel: Dashboard["channels"][number]): Cell {
  const kinds: Record<string, string> = {
    private: gettext("private"),
    direct: gettext("direct"),
    thread: gettext("thread"),
  };
  const kind = kinds[channel.kind];
  const name = channel.name ? `#${channel.name}` : `${kind ?? channel.kind} ${channel.id}`;
  return html`${name} ${channel.name && kind ? html`<small>${kind}</small>` : nothing}`;
}

export const people = (shown: Dashboard["users"], order: Order): TemplateResult =>
  table(
    gettext("People online"),
    [
      {
        title: gettext("Person"),
        cell: (u) => html`${u.user.display_name} <small>@${u.user.username}</small>`,
      },
      { title: gettext("Sockets"), cell: (u) => number(u.sockets), isNumber: true },
      {
        title: gettext("From"),
        cell: (u) =>
          html`${u.devices.map((d) => html`<span class="device">${d.device || "?"} <small>${d.address}</small></span>`)}`,
      },
      {
        title: "",
        cell: ({ user }) =>
          button(gettext("Disconnect"), "", order("disconnect-user", { user: user.id })),
      },
    ],
    shown,
  );

export const jobs = (shown: JobState[]): TemplateResult =>
  table(
    gettext("Background jobs"),
    [
      { title: gettext("Job"), cell: (j) => html`<code>${j.name}</code>` },
      { title: gettext("Worker"), cell: (j) => html`<code>${j.worker}</code>` },
      { title: gettext("Last run"), cell: (j) => (j.last_at ? clock(j.last_at) : "–") },
      { title: gettext("Took"), cell: (j) => milliseconds(j.last_milliseconds), isNumber: true },
      { title: gettext("Runs"), cell: (j) => number(j.runs), isNumber: true },
      { title: gettext("Failures"), cell: (j) => number(j.failures), isNumber: true },
    ],
    shown,
  );

export const faults = (shown: Fault[]): TemplateResult =>
  table(
    gettext("Warnings and errors"),
    [
      { title: gettext("Time"), cell: (f) => clock(f.time) },
      { title: gettext("Level"), cell: (f) => mark(f.level === "WARNING", f.level) },
      { title: gettext("What"), cell: (f) => html`${f.text} <small>${f.logger}</small>` },
      { title: gettext("Request"), cell: (f) => html`<code>${f.request}</code>` },
    ],
    shown,
  );

export const audit = (shown: AuditEntry[]): TemplateResult =>
  table(
    gettext("Audit log"),
    [
      { title: gettext("Time"), cell: (e) => clock(e.time) },
      { title: gettext("Who"), cell: (e) => e.actor || "–" },
      { title: gettext("What"), cell: (e) => html`<code>${e.action}</code>` },
      { title: gettext("Whom or what"), cell: (e) => e.subject || "–" },
      { title: gettext("From"), cell: (e) => e.address || "–" },
    ],
    shown,
  );

/** How many commits held how many messages, as bars. */
export function batches(shown: Dashboard["batches"]): TemplateResult {
  const most = Math.max(...shown.counts, 1);
  const label = (index: number) =>
    index < shown.bounds.length
      ? `≤ ${number(shown.bounds[index] ?? 0)}`
      : `> ${number(shown.bounds.at(-1) ?? 0)}`;
  return html`<section class="panel">
    <h2>${gettext("Messages committed together")}</h2>
    <ol class="bars">
      ${shown.counts.map(
        (count, index) => html`<li>
          <span>${label(index)}</span>
          <meter min="0" max=${most} value=${count}></meter>
          <span class="number">${number(count)}</span>
        </li>`,
      )}
    </ol>
  </section>`;
}
