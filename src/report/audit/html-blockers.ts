/** Which rules stop the most services, and who gained and lost the most: the tables that say where to begin. Pure. */
import type { Audit, ServiceKey, TrendPoint } from '../../model-audit.ts';
import { type Html, html } from '../escape-html.ts';
import { sign } from '../html-marks.ts';
import { wide } from '../html-part.ts';
import { RULING_SIGNS } from '../signs.ts';
import { percent, verdictRuling, verdictWord } from '../words.ts';
import { type Gathered, MOST_RUNS, type RuleTally, VERDICTS } from './html-gather.ts';
import { serviceLink } from './html-links.ts';
import type { PageRule } from './page-data.ts';

/** Most rows of each of these tables. */
const MOST = 10;

/** The rules that stop the most services; nothing where none does. */
export function blockers({ book, tallies }: Gathered): Html | undefined {
  const rules = book.rules();
  const worst = rules
    .flatMap((rule, index) => {
      const tally = tallies[index];
      return tally && tally.fail > 0 ? [{ rule, tally }] : [];
    })
    .sort((a, b) => b.tally.fail - a.tally.fail || b.tally.waived - a.tally.waived)
    .slice(0, MOST);
  if (worst.length === 0) return undefined;
  const areas = book.areas();
  return wide(
    'Table of the rules that stop the most services',
    html`<table class="grid">
<thead><tr><th scope="col">rule</th><th scope="col">area</th><th scope="col" class="count">services blocked</th><th scope="col" class="count">waived</th><th scope="col" class="count">met</th></tr></thead>
<tbody>
${worst.map(({ rule, tally }) => blockerRow(rule, tally, areas))}</tbody>
</table>`,
  );
}

function blockerRow([id, area, statement]: PageRule, tally: RuleTally, areas: readonly string[]): Html {
  const { fail, waived, pass, trust, warn } = tally;
  const applicable = fail + waived + pass + trust + warn;
  return html`<tr><th scope="row">${statement} <a href="#text=${encodeURIComponent(id)}"><code>${id}</code></a></th><td class="when">${areas[area] ?? ''}</td><td class="count some-blocking">${fail}</td><td class="count">${waived === 0 ? '·' : waived}</td><td class="count">${percent(pass + trust, applicable)} %</td></tr>
`;
}

/** A service that stands otherwise than in the earliest run shown. */
interface Move {
  readonly service: number;
  readonly first: TrendPoint;
  readonly before: number;
  readonly now: number;
}

/** Who met more rules than before, and who fewer; nothing where no earlier run is known. */
export function moves(audit: Audit, gathered: Gathered): Html | undefined {
  if (!audit.trends) return undefined;
  const all = [...gathered.numberOf].flatMap(([key, service]) => moveOf(audit, gathered, key, service));
  const gained = all.filter(({ before, now }) => now > before).sort(byGain);
  const lost = all.filter(({ before, now }) => now < before).sort((a, b) => byGain(b, a) || a.service - b.service);
  if (all.length === 0) return html`<p>The store has no earlier run of these services.</p>`;
  if (gained.length + lost.length === 0)
    return html`<p>No service met more or fewer rules than in its earlier runs.</p>`;
  return html`<div class="pair"><div><h3>Most improved</h3>${moveTable('Table of the most improved services', gained, gathered)}</div>
<div><h3>Fell back most</h3>${moveTable('Table of the services that fell back most', lost, gathered)}</div></div>
`;
}

function byGain(a: Move, b: Move): number {
  return b.now - b.before - (a.now - a.before) || a.service - b.service;
}

function moveOf({ trends = {} }: Audit, { services }: Gathered, key: ServiceKey, number: number): readonly Move[] {
  const [first] = (Object.hasOwn(trends, key) ? (trends[key] ?? []) : []).slice(-MOST_RUNS);
  const service = services[number];
  if (!first || !service || service[8] === 0) return [];
  const before = percent(first.score.met, first.score.applicable);
  return [{ service: number, first, before, now: percent(service[7], service[8]) }];
}

function moveTable(name: string, all: readonly Move[], gathered: Gathered): Html {
  if (all.length === 0) return html`<p class="soft">None.</p>`;
  return wide(
    name,
    html`<table class="grid">
<thead><tr><th scope="col">service</th><th scope="col" class="count">met</th><th scope="col" class="count">change</th><th scope="col">verdict</th><th scope="col">since</th></tr></thead>
<tbody>
${all.slice(0, MOST).map((it) => moveRow(it, gathered))}</tbody>
</table>`,
  );
}

function moveRow({ service, first, before, now }: Move, gathered: Gathered): Html {
  const change = now - before;
  const way = change > 0 ? 'better' : 'worse';
  const verdict = VERDICTS[gathered.services[service]?.[6] ?? VERDICTS.length];
  return html`<tr><th scope="row">${serviceLink(gathered, service)}</th><td class="count">${before} → ${now} %</td><td class="count ${way}">${change > 0 ? '▲ +' : '▼ −'}${Math.abs(change)}</td><td>${verdict !== first.verdict && html`${first.verdict} → `}<span class="mark ${verdictRuling(verdict)}">${sign(RULING_SIGNS[verdictRuling(verdict)])}${verdictWord(verdict)}</span></td><td class="soft when">${first.asOf}</td></tr>
`;
}
