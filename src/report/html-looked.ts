/** What a judgement rests on and what it does not: what was looked at, what could not be read, what is elsewhere, what was asked, what comes later. */

import { distinct, grouped } from '../grouped.ts';
import type { Delegated, LiveRequest, Looked, Unread } from '../model.ts';
import { type Html, html } from './escape-html.ts';
import { sign } from './html-marks.ts';
import { type Part, wide } from './html-part.ts';
import { placeLink, placeList } from './html-place.ts';
import { placeText } from './places.ts';
import { counted, UNREAD_WORDS } from './words.ts';

/** One row for each kind of evidence. */
export function looked({ service }: Part): Html | undefined {
  if (service.looked.length === 0) return undefined;
  return wide(
    `Table of evidence, ${service.service.name}`,
    html`<table class="grid">
<thead><tr><th scope="col">kind</th><th scope="col" class="count">files</th><th scope="col">what</th><th scope="col" class="count">not read</th><th scope="col" class="count">elsewhere</th></tr></thead>
<tbody>
${service.looked.map(lookedRow)}</tbody>
</table>`,
  );
}

function lookedRow({ kind, files, note, unread: gaps, delegated }: Looked): Html {
  const [left, handed] = [gaps.length, delegated.length].map((it) => (it === 0 ? '·' : it));
  return html`<tr><th scope="row">${kind}</th><td class="count">${files}</td><td>${note}</td><td class="count">${left}</td><td class="count">${handed}</td></tr>
`;
}

/** Everything that could not be read, by reason; several kinds of evidence may have stumbled over one file. */
export function unread({ service, base }: Part): Html | undefined {
  const all = service.looked.flatMap((kind) => kind.unread);
  const gaps = distinct(all, ({ reason, at }) => `${reason} ${placeText(at)}`);
  if (gaps.length === 0) return undefined;
  const reasons = [...grouped(gaps, ({ reason }) => reason).values()].toSorted((a, b) => b.length - a.length);
  return html`<p><span class="mark unknown">${sign('?')}unknown</span>: what is in there counts as unknown, not as absent.</p>
${reasons.map((group) => gapList(group, base))}`;
}

function gapList(group: readonly Unread[], base: string): Html {
  const { one, many } = UNREAD_WORDS[group[0]?.reason ?? 'unreadable'];
  return html`<p><strong>${counted(group.length, one, many)}</strong></p>
<ul class="gaps">
${group.map(({ at, detail }) => html`<li><span class="at">${placeLink(at, base)}</span> <span class="soft">${detail}</span></li>\n`)}</ul>
`;
}

/** What the repository hands to other places, each once. */
export function elsewhere({ service, base }: Part): Html | undefined {
  const handed = grouped(
    service.looked.flatMap((kind) => kind.delegated),
    ({ to }) => to,
  );
  if (handed.size === 0) return undefined;
  return html`<p>Handed to places that were not at hand.</p>
<ul class="gaps">
${[...handed].map(([to, from]) => html`<li>${to}${fromPlaces(from, base)}</li>\n`)}</ul>
`;
}

function fromPlaces(from: readonly Delegated[], base: string): Html | undefined {
  const places = distinct(
    from.map(({ at }) => at),
    placeText,
  );
  return placeList(places, base);
}

/** Every request that was sent to what runs. */
export function live({ service }: Part): Html | undefined {
  if (!service.live) return undefined;
  const { at, requests } = service.live;
  const count = requests.length === 0 ? 'No request' : counted(requests.length, 'request');
  return html`<p>${count} to what runs, for ${at}.</p>
${requests.length > 0 && requestTable(requests, service.service.name)}`;
}

function requestTable(requests: readonly LiveRequest[], name: string): Html {
  return wide(
    `Table of requests, ${name}`,
    html`<table class="grid">
<thead><tr><th scope="col">asked</th><th scope="col">address</th><th scope="col">answer</th><th scope="col" class="count">ms</th><th scope="col">named by</th></tr></thead>
<tbody>
${requests.map(({ what, method, host, path, status, trouble, ms, namedBy }) => html`<tr><th scope="row">${what}</th><td><code>${method} ${host}${path}</code></td><td>${status ?? trouble ?? 'no answer'}</td><td class="count">${ms}</td><td>${namedBy}</td></tr>\n`)}</tbody>
</table>`,
  );
}

/** Rules of this tier that are due at a later stage. */
export function later({ service }: Part): Html | undefined {
  const { later: ids } = service;
  if (ids.length === 0) return undefined;
  const verb = ids.length === 1 ? 'becomes' : 'become';
  return html`<p>${counted(ids.length, 'more rule')} of this tier ${verb} due after stage ${service.service.stage}.</p>
<ul class="places">${ids.map((id) => html`<li>${id}</li>`)}</ul>
`;
}
