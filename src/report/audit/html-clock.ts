/** Waivers that are over or soon will be, and campaigns with their forecasts, on an audit's page. Pure. */
import type { Audit, CampaignProgress } from '../../model-audit.ts';
import { type Html, html } from '../escape-html.ts';
import { bar } from '../html-bar.ts';
import { heading } from '../html-marks.ts';
import { wide } from '../html-part.ts';
import { addressLink } from '../html-place.ts';
import { daysLeft, endsSoon } from '../waiver-clock.ts';
import { counted, percent } from '../words.ts';
import { ENDING_DAYS, type Ending, type Gathered } from './html-gather.ts';
import { keyLink, serviceLink } from './html-links.ts';

/** Most rows of waivers, and most services of a campaign, on the page. */
const MOST = { waivers: 300, lagging: 50 } as const;

/** What covers nothing any more first, then what ends first. */
export function clock({ asOf }: Audit, gathered: Gathered): Html {
  const { endings } = gathered;
  if (endings.length === 0) return html`<p>No waiver is over, and none ends within ${ENDING_DAYS} days.</p>\n`;
  return html`${wide(
    'Table of waivers that are over or soon will be',
    html`<table class="grid">
<thead><tr><th scope="col">service</th><th scope="col">clock</th><th scope="col">waiver</th><th scope="col">accepted by</th></tr></thead>
<tbody>
${endings.slice(0, MOST.waivers).map((it) => endingRow(it, asOf, gathered))}</tbody>
</table>`,
  )}${endings.length > MOST.waivers && html`<p class="soft">And ${endings.length - MOST.waivers} more.</p>\n`}`;
}

function endingRow({ service, waiver, trouble }: Ending, asOf: string, gathered: Gathered): Html {
  const name = html`<th scope="row">${serviceLink(gathered, service)}</th>`;
  if (!waiver)
    return html`<tr>${name}<td class="over"><strong>covers nothing</strong></td><td>${trouble}</td><td>–</td></tr>\n`;
  const { rule, expires, reason, owner, approvedBy, ticket } = waiver;
  const soon = endsSoon(asOf, expires);
  return html`<tr>${name}<td class="when${soon && html` soon`}"><strong>${daysLeft(asOf, expires)}</strong> <span class="soft">${expires}</span></td><td><code>${rule}</code> ${reason}</td><td>${owner}${approvedBy !== undefined && html`, approved by ${approvedBy}`}${ticket !== undefined && html`, ${addressLink(ticket)}`}</td></tr>
`;
}

/** Each campaign: how far it is, when it would end, and who is behind. */
export function campaigns({ campaigns: all = [] }: Audit, gathered: Gathered): Html | undefined {
  if (all.length === 0) return undefined;
  return html`${all.map((it) => campaignOf(it, gathered))}`;
}

function campaignOf(campaign: CampaignProgress, gathered: Gathered): Html {
  const { title, owner, deadline, applicable, met, services, done, forecast, because, rules, lagging } = campaign;
  const late = forecast !== undefined && forecast > deadline;
  return html`<article class="campaign">
${heading(3, html`${title}`)}
<p><strong>${percent(met, applicable)} %</strong> <span class="soft">(${met} of ${applicable} findings met; ${done} of ${counted(services, 'service')} done)</span>${owner !== undefined && html`, led by ${owner}`}. Until <strong>${deadline}</strong>; <span class="${late ? 'worse' : 'soft'}">${forecast === undefined ? 'no forecast' : html`forecast ${forecast}${late && ', too late'}`}</span> <span class="soft">(${because})</span></p>
${bar([
  { fill: 'shown', size: met },
  { fill: 'unmet', size: applicable - met },
])}
<p class="soft">Rules: ${rules.map((rule, index) => html`${index > 0 && ', '}<code>${rule}</code>`)}</p>
${lagging.length > 0 && html`<details><summary>${counted(lagging.length, 'service')} behind</summary><ul>\n${lagging.slice(0, MOST.lagging).map(({ service, owner: whose, rules: its }) => html`<li>${keyLink(gathered, service)}${whose !== undefined && html` <span class="soft">(${whose})</span>`}: ${its.map((rule, index) => html`${index > 0 && ', '}<code>${rule}</code>`)}</li>\n`)}</ul>${lagging.length > MOST.lagging && html`<p class="soft">And ${lagging.length - MOST.lagging} more.</p>`}</details>\n`}</article>
`;
}
