/** Exceptions with their clocks: who accepted what, why, and how long it still holds. */
import { daysBetween } from '../dates.ts';
import type { Waiver } from '../model.ts';
import { type Html, html } from './escape-html.ts';
import { bar } from './html-bar.ts';
import { rulingMark } from './html-marks.ts';
import { type Part, ruleLink } from './html-part.ts';
import { addressLink, placeLink } from './html-place.ts';
import { daysLeft, endsSoon } from './waiver-clock.ts';
import { counted } from './words.ts';

/** The one that ends first comes first. */
export function waivers(part: Part): Html | undefined {
  const { waivers: all } = part.service;
  if (all.length === 0) return undefined;
  const sorted = all.toSorted((a, b) => (a.expires < b.expires ? -1 : a.expires > b.expires ? 1 : 0));
  return html`<ul class="waivers">
${sorted.map((it) => waiverOf(it, part))}</ul>
`;
}

function waiverOf(waiver: Waiver, part: Part): Html {
  const { rule, owner, approvedBy, expires, from, reason, ticket, scope, at } = waiver;
  const { asOf } = part.report;
  const soon = endsSoon(asOf, expires);
  return html`<li>
<p>${ruleLink(rule, part.ids)} ${effect(waiver, part)}</p>
<p class="clock${soon && html` soon`}"><strong>${daysLeft(asOf, expires)}</strong>, ${from !== undefined && html`from ${from} `}until ${expires}${soon && html` (ends soon)`}</p>
${clock(waiver, asOf)}<p>${reason}</p>
<p class="soft">Accepted by ${owner}; ${approvedBy === undefined ? 'nobody is named as approver' : html`approved by ${approvedBy}`}${scope !== undefined && html`; only for ${scope}`}${ticket !== undefined && html`; ${addressLink(ticket)}`}</p>
<p class="at">${placeLink(at, part.base)}</p>
</li>
`;
}

/** What became of the rule it is about. */
function effect({ rule, at }: Waiver, { service }: Part): Html {
  const finding = service.findings.find((it) => it.rule === rule);
  if (!finding) return html`<span class="soft">not judged</span>`;
  const mine = finding.waiver?.at.line === at.line && finding.waiver?.at.path === at.path;
  const waived = finding.problems.filter((it) => it.waived).length;
  const some = !mine && waived > 0 && html` <span class="soft">(${counted(waived, 'problem')} of it waived)</span>`;
  return html`${rulingMark(finding.ruling)}${some}`;
}

/** Days gone and days left, where it is known when they began. */
function clock({ from, expires }: Waiver, asOf: string): Html | undefined {
  if (from === undefined) return undefined;
  const whole = daysBetween(from, expires);
  const left = Math.min(whole, Math.max(0, daysBetween(asOf, expires)));
  if (!(whole > 0)) return undefined;
  return html`${bar([
    { fill: 'gone', size: whole - left },
    { fill: endsSoon(asOf, expires) ? 'soon' : 'left', size: left },
  ])}
`;
}
