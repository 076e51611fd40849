/** The console: the figures of the house as they change, and the commands. */
import { html, nothing, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { Light } from "../components/element";
import { format, gettext } from "../i18n/index";
import { chartKinds } from "./charts";
import "./charts";
import type { Commands } from "./commands";
import "./commands";
import { bytes, clock, milliseconds, number, rate } from "./format";
import { Line } from "./line";
import * as tables from "./tables";
import type { AdminEvent, Dashboard, Health, Numbers, Result, Row } from "./wire";

const REFRESH_MS = 10_000;
const SECONDS_KEPT = 300;
const TENS_KEPT = 360;

export class Console extends Light {
  @state() private shown: Dashboard | null = null;
  @state() private isOpen = false;
  @query("operations-commands") private readonly commands!: Commands;
  @state() private range: "seconds" | "tens" = "seconds";
  private readonly line = new Line(this.url(), {
    received: (event) => this.received(event),
    changed: (isOpen) => {
      this.isOpen = isOpen;
    },
    refused: () => location.assign(this.dataset.loginUrl ?? "/"),
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.line.open();
    setInterval(() => this.refresh(), REFRESH_MS);
  }

  private url(): string {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    return `${scheme}://${location.host}${this.dataset.socketPath ?? "/ws/admin/"}`;
  }

  private received(event: AdminEvent): void {
    if (event.event === "dashboard-data") this.shown = event.data;
    else if (event.event === "statistics") this.step(event.data);
    else if (event.event === "system-update" || event.event === "announcement-confirmed")
      void this.refresh();
    else if (event.event === "maintenance-updated" && this.shown)
      this.shown = { ...this.shown, maintenance: event.data };
  }

  private step({ rates, workers, row }: Numbers): void {
    if (!this.shown) return;
    const { history } = this.shown;
    const seconds = [...history.seconds, row].slice(-SECONDS_KEPT);
    this.shown = { ...this.shown, rates, workers, history: { ...history, seconds } };
  }

  /** The tables are read again while somebody looks. */
  private async refresh(): Promise<void> {
    if (document.hidden || !this.isOpen) return;
    const shown = await this.line.request("show-dashboard", {}).catch(() => null);
    if (shown) this.shown = shown as Dashboard;
  }

  private order = async (command: string, values: object, dryRun: boolean): Promise<Result> => {
    const asked = { command, arguments: values, dry_run: dryRun };
    const reply = (await this.line.request("system-command", asked)) as { result: Result };
    return reply.result;
  };

  /** Nothing for a command that this person may not give. */
  private prepare: tables.Order = (command, values) =>
    this.shown?.commands.some(({ name }) => name === command)
      ? () => void this.commands.prepare(command, values)
      : null;

  protected override render(): TemplateResult {
    if (!this.shown) return html`<p class="empty">${gettext("Asking the house …")}</p>`;
    return html`
      ${this.isOpen ? nothing : html`<p class="notice bad" role="status">${gettext("The connection is lost; trying again. These are the last figures.")}</p>`}
      ${this.closure(this.shown)} ${this.tiles(this.shown)} ${this.charts(this.shown)}
      <operations-commands
        .commands=${this.shown.commands}
        .order=${this.order}
        .stepUpUrl=${this.dataset.stepUpUrl ?? ""}
      ></operations-commands>
      ${tables.announcements(this.shown.announcements, this.prepare)} ${tables.workers(this.shown.workers, this.prepare)}
      <div class="pair">${tables.requests(this.shown.requests)} ${tables.batches(this.shown.batches)}</div>
      <div class="pair">${tables.channels(this.shown.channels)} ${tables.people(this.shown.users, this.prepare)}</div>
      ${tables.faults(this.shown.errors)}
      <div class="pair">${tables.audit(this.shown.audit)} ${tables.jobs(this.shown.jobs)}</div>
    `;
  }

  private closure({ maintenance }: Dashboard): TemplateResult | typeof nothing {
    if (maintenance.starts_at === null) return nothing;
    const time = { time: clock(maintenance.starts_at) };
    const text =
      Date.parse(maintenance.starts_at) > Date.now()
        ? format(gettext("The house closes for writing at %(time)s."), time)
        : format(gettext("The house has been closed for writing since %(time)s."), time);
    return html`<p class="notice bad" role="status"><b>${text}</b> ${maintenance.message}</p>`;
  }

  private tiles({ rates, users_online, database, redis }: Dashboard): TemplateResult {
    const tile = (title: string, value: string, isGood = true) =>
      html`<div class="tile ${isGood ? "" : "bad"}"><dt>${title}</dt><dd>${value}</dd></div>`;
    const size = database.size_bytes === null ? "" : ` · ${bytes(database.size_bytes)}`;
    return html`<dl class="tiles">
      ${tile(gettext("People online"), number(users_online))}
      ${tile(gettext("Sockets"), number(rates.sockets))}
      ${tile(gettext("Messages/s"), rate(rates.messages_per_second))}
      ${tile(gettext("Deliveries/s"), rate(rates.deliveries_per_second))}
      ${tile(gettext("Answer, p99"), milliseconds(rates.p99_ms))}
      ${tile(gettext("Loop lag"), milliseconds(rates.loop_lag_ms), rates.loop_lag_ms < 250)}
      ${tile(database.vendor === "sqlite" ? "SQLite" : "PostgreSQL", this.health(database) + size, database.ok)}
      ${tile("Redis", redis.configured ? this.health(redis) : gettext("not used"), redis.ok)}
    </dl>`;
  }

  private health(health: Health): string {
    return health.ok ? milliseconds(health.milliseconds ?? 0) : gettext("does not answer");
  }

  private charts({ history }: Dashboard): TemplateResult {
    const rows: Row[] = this.range === "seconds" ? history.seconds : this.hour(history);
    const choice = (range: "seconds" | "tens", text: string) =>
      html`<button
        type="button"
        class="chip"
        aria-pressed=${this.range === range}
        @click=${() => {
          this.range = range;
        }}
      >${text}</button>`;
    return html`<section>
      <div class="chips range" role="group" aria-label=${gettext("How far back")}>
        ${choice("seconds", gettext("5 minutes"))} ${choice("tens", gettext("1 hour"))}
      </div>
      <div class="charts">
        ${chartKinds().map(
          (kind) => html`<operations-chart
            class="panel"
            .kind=${kind}
            .columns=${history.columns}
            .rows=${rows}
          ></operations-chart>`,
        )}
      </div>
    </section>`;
  }

  private hour({ tens, seconds }: Dashboard["history"]): Row[] {
    const last = tens.at(-1)?.[0] ?? 0;
    const newer = seconds.filter((row) => (row[0] ?? 0) > last + 9 && (row[0] ?? 0) % 10 === 0);
    return [...tens, ...newer].slice(-TENS_KEPT);
  }
}

customElements.define("operations-console", Console);
