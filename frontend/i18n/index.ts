/** Translation through Django's catalogue, which the page loads before this code. Without one: English. */

interface Catalogue {
  gettext(text: string): string;
  ngettext(one: string, many: string, count: number): string;
  pgettext(context: string, text: string): string;
}

declare global {
  var django: Partial<Catalogue> | undefined;
}

export const gettext = (text: string): string => globalThis.django?.gettext?.(text) ?? text;

export const ngettext = (one: string, many: string, count: number): string =>
  globalThis.django?.ngettext?.(one, many, count) ?? (count === 1 ? one : many);

export const pgettext = (context: string, text: string): string =>
  globalThis.django?.pgettext?.(context, text) ?? text;

/** Fills `%(name)s` in a translated text. */
export function format(text: string, values: Record<string, string | number>): string {
  return text.replace(/%\((\w+)\)s/g, (whole, name: string) => String(values[name] ?? whole));
}

/** "Alice, Bob and Charlie"; in Korean "김민지, 박준호", where "및" between people reads like an office. */
export function list(names: readonly string[]): string {
  if (language() === "ko") return names.join(", ");
  return new Intl.ListFormat(language(), { type: "conjunction", style: "long" }).format(names);
}

/** The page's language, as the server chose it. */
export const language = (): string => document.documentElement.lang || "en";
