/** Which rules stop the most services, and who gained and lost the most: the tables that say where to begin. Pure. */
import type { Audit } from '../../model-audit.ts';
import type { TrendRow } from '../../model-trend.ts';
import { type Html, html } from '../escape-html.ts';
import { wide } from '../html-part.ts';
import { percent } from '../words.ts';
import type { Gathered, RuleTally } from './html-gather.ts';
import { keyLink } from './html-links.ts';
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

/** Who met more of the same rules than a week ago, and who fewer, as the digest tells it; nothing where no store was named. */
export function moves({ moved, trends }: Audit, gathered: Gathered): Html | undefined {
  if (!moved) return trends && html`<p>The store has no earlier run of these services.</p>`;
  const [better, worse] = (['improved', 'regressed'] as const).map((movement) =>
    moved.rows.filter((row) => row.movement === movement),
  );
  if (better?.length === 0 && worse?.length === 0)
    return html`<p>No service met more or fewer rules than on ${moved.from.asOf}.</p>`;
  return html`<p class="soft">By rules that judge as they did on ${moved.from.asOf}.</p>
<div class="pair"><div><h3>Most improved</h3>${moveTable('Table of the most improved services', better, gathered)}</div>
<div><h3>Fell back most</h3>${moveTable('Table of the services that fell back most', worse, gathered)}</div></div>
`;
}

function moveTable(name: string, all: readonly TrendRow[] = [], gathered: Gathered): Html {
  if (all.length === 0) return html`<p class="soft">None.</p>`;
  return html`${wide(
    name,
    html`<table class="grid">
<thead><tr><th scope="col">service</th><th scope="col" class="count">met</th><th scope="col" class="count">gained</th><th scope="col" class="count">lost</th><th scope="col">commits</th></tr></thead>
<tbody>
${all.slice(0, MOST).map((it) => moveRow(it, gathered))}</tbody>
</table>`,
  )}${all.length > MOST && html`<p class="soft">And ${all.length - MOST} more.</p>\n`}`;
}

function moveRow({ name, alike, gained, lost, commits = {} }: TrendRow, gathered: Gathered): Html {
  const { from = 'unknown', to = 'unknown' } = commits;
  return html`<tr><th scope="row">${keyLink(gathered, name)}</th><td class="count">${alike.before.met} → ${alike.after.met} of ${alike.after.applicable}</td><td class="count better">${gained.length}</td><td class="count worse">${lost.length}</td><td class="soft when">${from === to ? from : `${from}..${to}`}</td></tr>
`;
}
