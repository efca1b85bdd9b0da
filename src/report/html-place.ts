/** Places and addresses as links of a page. */
import type { Place } from '../model.ts';
import { type Html, html } from './escape-html.ts';
import { isLinkable, placeAddress } from './place-link.ts';
import { placeText } from './places.ts';

/** Places side by side; nothing for none. `base` leads from the page's folder to where all places start. */
export function placeList(places: readonly Place[], base: string): Html | undefined {
  if (places.length === 0) return undefined;
  return html`<ul class="places">${places.map((place) => html`<li>${placeLink(place, base)}</li>`)}</ul>`;
}

/** A place as a link where it is at hand; viewers know lines and no columns. */
export function placeLink(place: Place, base: string): Html {
  const address = placeAddress(place, base);
  const { column: _, ...withoutColumn } = place;
  const words = placeText(withoutColumn);
  return address === undefined ? html`${words}` : html`<a href="${address}">${words}</a>`;
}

/** What a person wrote, as a link where it is an address that may be one; the address is its own text. */
export function addressLink(text: string): Html {
  return isLinkable(text) ? html`<a href="${text}" rel="noreferrer">${text}</a>` : html`${text}`;
}
