/** The commands: one is chosen, filled in, tried without effect, and then carried out for real. */
import { html, nothing, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { Light } from "../components/element";
import { gettext } from "../i18n/index";
import { RequestError } from "../socket/errors";
import type { Argument, CommandDescription, Result } from "./wire";

type Order = (command: string, values: object, dryRun: boolean) => Promise<Result>;

export class Commands extends Light {
  @property({ attribute: false }) commands: CommandDescription[] = [];
  @property({ attribute: false }) order!: Order;
  @property() stepUpUrl = "";
  @state() private chosen = "";
  @state() private preview: Result | null = null;
  @state() private done: Result | null = null;
  @state() private problem: RequestError | null = null;
  @state() private isBusy = false;
  @state() private filled: Record<string, string | number> = {};
  @query("form") private readonly asked!: HTMLFormElement;

  /** Chooses a command with these values, and asks what it would do. */
  async prepare(name: string, values: Record<string, string | number>): Promise<void> {
    this.choose(name);
    this.filled = values;
    await this.updateComplete;
    this.scrollIntoView({ block: "center" });
    this.asked.requestSubmit(this.asked.querySelector<HTMLElement>("[value=preview]"));
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.commands.length === 0) return nothing;
    const command = this.commands.find((each) => each.name === this.chosen);
    return html`<section class="panel">
      <h2>${gettext("Commands")}</h2>
      <div class="chips" role="group" aria-label=${gettext("Commands")}>
        ${this.commands.map(
          ({ name, dangerous }) => html`<button
            type="button"
            class="chip ${dangerous ? "dangerous" : ""}"
            aria-pressed=${name === this.chosen}
            @click=${() => this.choose(name)}
          >${name}</button>`,
        )}
      </div>
      ${command ? keyed(this.filled, this.form(command)) : html`<p class="empty">${gettext("Choose a command. Nothing happens before you have seen what it would do.")}</p>`}
    </section>`;
  }

  private form(command: CommandDescription): TemplateResult {
    return html`<form @submit=${(event: SubmitEvent) => this.submit(event, command)} @input=${this.changed}>
      <p>${command.description}</p>
      <div class="fields">${command.arguments.map((argument) => this.field(argument))}</div>
      ${this.outcome()}
      <div class="buttons">
        <button type="submit" value="preview" class="button" ?disabled=${this.isBusy}>
          ${gettext("Preview")}
        </button>
        ${
          this.preview
            ? html`<button
                type="submit"
                value="real"
                class="button ${command.dangerous ? "danger" : "primary"}"
                ?disabled=${this.isBusy}
              >${gettext("Carry out")}</button>`
            : nothing
        }
      </div>
    </form>`;
  }

  private field(argument: Argument): TemplateResult {
    const { name, label, type, required, choices, default: usual } = argument;
    const initial = this.filled[name] ?? usual;
    const error = this.problem?.fields[`arguments.${name}`];
    const control = () => {
      if (type === "switch")
        return html`<select name=${name}>
          <option value="true">${gettext("Yes")}</option>
          <option value="false" ?selected=${initial === false}>${gettext("No")}</option>
        </select>`;
      if (type === "choice")
        return html`<select name=${name}>
          ${choices.map((c) => html`<option ?selected=${c === initial}>${c}</option>`)}
        </select>`;
      if (type === "lines")
        return html`<textarea name=${name} rows="4" ?required=${required}></textarea>`;
      const kind = type === "number" ? "number" : "text";
      return html`<input
        name=${name}
        type=${kind}
        ?required=${required}
        .value=${String(initial ?? "")}
        autocomplete="off"
      />`;
    };
    return html`<label class=${type === "lines" ? "wide" : ""}>
      <span>${label} ${argument.description ? html`<small>${argument.description}</small>` : nothing}</span>
      ${control()} ${error ? html`<span class="field-error">${error}</span>` : nothing}
    </label>`;
  }

  private outcome(): TemplateResult | typeof nothing {
    if (this.problem && "step_up" in this.problem.fields)
      return html`<p class="notice bad" role="alert">
        ${gettext("Confirm first that it is you.")}
        <a href=${this.stepUpUrl}>${gettext("Enter the password again")}</a>
      </p>`;
    if (this.problem) return html`<p class="notice bad" role="alert">${this.problem.message}</p>`;
    if (this.done) return html`<p class="notice good" role="status">✓ ${this.done.text}</p>`;
    if (this.preview)
      return html`<p class="notice" role="status">
        <b>${gettext("It would say:")}</b> ${this.preview.text}
      </p>`;
    return nothing;
  }

  private choose(name: string): void {
    this.chosen = name;
    this.filled = {};
    this.changed();
  }

  /** What was previewed is no longer what is filled in. */
  private changed(): void {
    this.preview = this.done = this.problem = null;
  }

  private async submit(event: SubmitEvent, command: CommandDescription): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const isReal = (event.submitter as HTMLButtonElement | null)?.value === "real";
    const values = valuesOf(new FormData(form), command.arguments);
    this.isBusy = true;
    this.changed();
    try {
      const result = await this.order(command.name, values, !isReal);
      if (isReal) this.done = result;
      else this.preview = result;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.problem = error;
    } finally {
      this.isBusy = false;
    }
  }
}

/** As the server wants them: numbers and switches typed, what is empty left out. */
export function valuesOf(form: FormData, known: Argument[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { name, type } of known) {
    const text = String(form.get(name) ?? "").trim();
    if (text === "") continue;
    if (type === "number") values[name] = Number(text);
    else if (type === "switch") values[name] = text === "true";
    else values[name] = text;
  }
  return values;
}

customElements.define("operations-commands", Commands);
