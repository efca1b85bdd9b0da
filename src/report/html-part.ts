/** What the parts of a report's page share: whose part it is, and how it stands on the page. */
import type { Report, ServiceReport } from '../model.ts';
import { type Html, html } from './escape-html.ts';

/** One service on the page. */
export interface Part {
  readonly report: Report;
  readonly service: ServiceReport;
  /** Begins the ids of all that belongs to it. */
  readonly prefix: string;
  /** Level of its own heading: 1 where it is alone. */
  readonly level: number;
  /** The way from the page to where all places start. */
  readonly base: string;
  /** Ids of its findings by rule. */
  readonly ids: ReadonlyMap<string, string>;
}

/** A rule's id as a link to its finding; plain where it was not judged. */
export function ruleLink(rule: string, ids: ReadonlyMap<string, string>): Html {
  const id = ids.get(rule);
  return id === undefined ? html`<code>${rule}</code>` : html`<a href="#${id}"><code>${rule}</code></a>`;
}

/** A table that scrolls by itself where the page is narrow; a screen reader lists it by its name, so each has one of its own. */
export function wide(name: string, table: Html): Html {
  return html`<div class="wide" role="region" aria-label="${name}" tabindex="0">${table}</div>
`;
}
