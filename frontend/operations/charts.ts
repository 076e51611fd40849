/** The charts of the last minutes or the last hour, drawn by uPlot in the colours of the theme. */
import { html, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { Light } from "../components/element";
import { timeOfDay } from "../i18n/dates";
import { gettext } from "../i18n/index";
import { bytes, milliseconds, rate } from "./format";
import type { Row } from "./wire";

interface Series {
  column: string;
  label: string;
  color: string;
}

export interface ChartKind {
  title: string;
  series: Series[];
  show: (value: number) => string;
}

const one = (column: string, label: string, color = "--chart-1") => [{ column, label, color }];

export const chartKinds = (): ChartKind[] => [
  { title: gettext("Sockets"), series: one("sockets", gettext("open")), show: rate },
  { title: gettext("Messages per second"), series: one("messages", gettext("stored")), show: rate },
  {
    title: gettext("Deliveries per second"),
    series: one("deliveries", gettext("delivered")),
    show: rate,
  },
  {
    title: gettext("Requests per second"),
    series: [
      ...one("requests", gettext("answered")),
      ...one("errors", gettext("errors"), "--chart-bad"),
    ],
    show: rate,
  },
  {
    title: gettext("Time to answer"),
    series: [...one("p50", "p50"), ...one("p99", "p99", "--chart-2")],
    show: milliseconds,
  },
  { title: gettext("Loop lag"), series: one("lag", gettext("at most")), show: milliseconds },
  { title: gettext("Memory"), series: one("memory", gettext("all workers")), show: bytes },
  { title: gettext("Messages per commit"), series: one("batch", gettext("mean")), show: rate },
];

const HEIGHT = 132;
const AXIS_WIDTH = 58;
const MINUTES = [1, 2, 5, 10, 15, 30, 60].map((minutes) => minutes * 60);

const timesOf = (_plot: uPlot, seconds: number[]): string[] =>
  seconds.map((at) => timeOfDay(at * 1_000));

export class Chart extends Light {
  @property({ attribute: false }) kind!: ChartKind;
  @property({ attribute: false }) columns: string[] = [];
  @property({ attribute: false }) rows: Row[] = [];
  private plot: uPlot | undefined;
  private readonly width = new ResizeObserver(() => this.fit());
  private readonly theme = new MutationObserver(() => this.build());

  override connectedCallback(): void {
    super.connectedCallback();
    this.width.observe(this);
    this.theme.observe(document.documentElement, { attributeFilter: ["class"] });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.width.disconnect();
    this.theme.disconnect();
    this.plot?.destroy();
  }

  protected override render(): TemplateResult {
    const last = this.rows.at(-1);
    return html`<h2 class="chart-title">${this.kind.title}</h2>
      <p class="chart-now">
        ${this.kind.series.map(
          (series) => html`<span class="chart-key" data-color=${series.color}>
            <b>${last ? this.kind.show(this.value(last, series)) : "–"}</b> ${series.label}
          </span>`,
        )}
      </p>
      <div class="chart-canvas" role="img" aria-label=${this.kind.title}></div>`;
  }

  protected override updated(): void {
    if (!this.plot) this.build();
    else this.plot.setData(this.data());
  }

  private value(row: Row, series: Series): number {
    return row[this.columns.indexOf(series.column)] ?? 0;
  }

  private data(): uPlot.AlignedData {
    const times = this.rows.map((row) => row[0] ?? 0);
    return [times, ...this.kind.series.map((s) => this.rows.map((row) => this.value(row, s)))];
  }

  private build(): void {
    this.plot?.destroy();
    const place = this.querySelector<HTMLElement>(".chart-canvas");
    if (!place) return;
    const style = getComputedStyle(this);
    const color = (name: string) => style.getPropertyValue(name).trim();
    const axis = {
      stroke: color("--chart-text"),
      font: "11px sans-serif",
      grid: { stroke: color("--chart-line"), width: 1 },
      ticks: { show: false },
    };
    const options: uPlot.Options = {
      width: this.clientWidth,
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: { y: { range: (_plot, _low, high) => [0, Math.max(high * 1.1, 1)] } },
      axes: [
        { ...axis, size: 22, space: 70, incrs: MINUTES, values: timesOf },
        {
          ...axis,
          size: AXIS_WIDTH,
          space: 32,
          values: (_plot, splits) => splits.map(this.kind.show),
        },
      ],
      series: [
        {},
        ...this.kind.series.map((series) => ({
          label: series.label,
          stroke: color(series.color),
          fill: `${color(series.color)}1f`,
          width: 1.5,
          points: { show: false },
        })),
      ],
    };
    this.plot = new uPlot(options, this.data(), place);
  }

  private fit(): void {
    if (this.plot && this.clientWidth > 0)
      this.plot.setSize({ width: this.clientWidth, height: HEIGHT });
  }
}

customElements.define("operations-chart", Chart);
