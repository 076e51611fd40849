/** How the components stand on their page: in sections, each with a word on what it shows. */
import { html, type TemplateResult } from "lit";

export const section = (name: string, content: unknown): TemplateResult =>
  html`<section class="gallery-section" aria-label=${name}><h2>${name}</h2>${content}</section>`;

export const specimen = (state: string, content: unknown): TemplateResult =>
  html`<figure class="specimen"><figcaption>${state}</figcaption><div>${content}</div></figure>`;
