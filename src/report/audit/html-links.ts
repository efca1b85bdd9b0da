/** Names of services on an audit's page: each leads to what stands about it. Pure. */
import type { ServiceKey } from '../../model-audit.ts';
import { type Html, html } from '../escape-html.ts';
import { visible } from '../escape-terminal.ts';
import type { Gathered } from './html-gather.ts';
import type { PageService } from './page-data.ts';

/** How the page calls a service in its own address: the key of what is shown. */
function pageKey([repo, dir]: PageService): string {
  return dir === '' ? repo : `${repo}//${dir}`;
}

/** The service of that number; the page's script opens it. */
export function serviceLink({ services }: Pick<Gathered, 'services'>, number: number): Html {
  const service = services[number];
  if (!service) return html`–`;
  const key = pageKey(service);
  return html`<a href="#service=${encodeURIComponent(key)}" title="${key}">${service[2]}</a>`;
}

/** The same by its key; its plain key where it is not among them. */
export function keyLink(gathered: Pick<Gathered, 'services' | 'numberOf'>, key: ServiceKey): Html {
  const number = gathered.numberOf.get(key);
  return number === undefined ? html`${visible(key)}` : serviceLink(gathered, number);
}
