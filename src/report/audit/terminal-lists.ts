/** The lists of an audit: who is not ready, what was not judged, what helps most, what ends soon. */
import type { Audit } from '../../model-audit.ts';
import { standingWords } from '../digest-campaigns.ts';
import { flow, type Lines } from '../layout.ts';
import type { Pen } from '../pen.ts';
import { heading } from '../terminal-rulings.ts';
import { daysLeft } from '../waiver-clock.ts';
import { counted, nameWords, STANDING_WORDS } from '../words.ts';
import { OUTCOME_WORDS } from './outcome-words.ts';
import type { Ending, Fix, Sums, Unjudged, Unready } from './sums.ts';

/** How many of a list are shown unless all are asked for. */
const SHOWN = 20;
const SHOWN_FIXES = 5;

/** Services that are not ready, the worst first, each with the first reason; neighbours that have the very same stand together over it. */
export function unready({ unready: them }: Sums, pen: Pen): Lines {
  const count = counted(them.length, 'service');
  const shown = pen.verbose ? them : them.slice(0, SHOWN);
  const lines = shown.flatMap((it, index) => {
    const next = shown[index + 1];
    return [...titleLines(it, pen), ...(next && reasonOf(next) === reasonOf(it) ? [] : reasonLines(it, pen))];
  });
  return them.length === 0
    ? []
    : [...heading('NOT READY', count, pen, pen.ruling.fail), ...lines, ...more(them.length - shown.length, pen)];
}

function reasonOf({ first: { rule, severity, standing, because } }: Unready): string {
  return JSON.stringify([rule, severity, standing, because]);
}

function titleLines({ name, called, tier, owner, blocking }: Unready, pen: Pen): Lines {
  return flow(
    pen.width,
    [
      { text: pen.signs.ruling.fail, paint: pen.ruling.fail },
      { text: nameWords(name), paint: pen.strong, whole: true },
      called === undefined ? undefined : { text: `(${called})`, whole: true },
      { text: `tier ${tier},`, whole: true, gap: 2 },
      { text: `${blocking} blocking,`, whole: true },
      owner === undefined ? { text: 'nobody declared as owner', paint: pen.dim } : owner,
    ],
    { hang: 2 },
  );
}

function reasonLines({ first: { rule, severity, standing, because } }: Unready, pen: Pen): Lines {
  return flow(
    pen.width,
    [
      { text: severity, paint: pen.severity[severity] },
      { text: rule, whole: true },
      { text: `${STANDING_WORDS[standing].word}:`, paint: pen.standing[standing], gap: 2 },
      because,
    ],
    { indent: 2, hang: 4 },
  );
}

/** Repositories that were not judged, each with its reason. */
export function unjudged({ unjudged: them }: Sums, pen: Pen): Lines {
  const count = counted(them.length, 'repository', 'repositories');
  return listed(them, (it) => unjudgedLines(it, pen), { title: 'NOT JUDGED', count, pen, paint: pen.ruling.warn });
}

function unjudgedLines({ repo, outcome, because }: Unjudged, pen: Pen): Lines {
  return flow(
    pen.width,
    [
      { text: pen.signs.ruling.warn, paint: pen.ruling.warn },
      { text: nameWords(repo), paint: pen.strong, whole: true },
      { text: `${OUTCOME_WORDS[outcome]}:`, paint: pen.ruling.warn, gap: 2 },
      because,
    ],
    { hang: 4 },
  );
}

/** What to do once to help the most services. */
export function fixes({ fixes: them }: Sums, pen: Pen): Lines {
  const shown = pen.verbose ? them.length : Math.min(SHOWN_FIXES, them.length);
  const all = shown === them.length ? '' : `, of ${them.length} rules not met somewhere`;
  const count = `${counted(shown, 'thing')} to do${all}`;
  return listed(
    them.slice(0, shown),
    (it) => fixLines(it, pen),
    { title: 'HELPS MOST', count, pen, paint: pen.strong },
    shown,
  );
}

function fixLines({ rule, fix, blocks, warns }: Fix, pen: Pen): Lines {
  const helped = [
    blocks > 0 ? `blocks ${counted(blocks, 'service')}` : '',
    warns > 0 ? `warns in ${counted(warns, 'service')}` : '',
  ].filter(Boolean);
  return [
    ...flow(
      pen.width,
      [
        {
          text: blocks > 0 ? pen.signs.ruling.fail : pen.signs.ruling.warn,
          paint: pen.ruling[blocks > 0 ? 'fail' : 'warn'],
        },
        { text: rule, paint: pen.strong, whole: true },
        { text: helped.join(', '), gap: 2 },
      ],
      { hang: 2 },
    ),
    ...flow(pen.width, [fix], { indent: 2 }),
  ];
}

/** Exceptions that somebody has to look at. */
export function ending({ ending: them }: Sums, asOf: string, pen: Pen): Lines {
  const count = counted(them.length, 'waiver');
  return listed(them, (it) => endingLines(it, asOf, pen), {
    title: 'WAIVERS ENDING',
    count,
    pen,
    paint: pen.ruling.waived,
  });
}

function endingLines({ service, rule, owner, expires }: Ending, asOf: string, pen: Pen): Lines {
  return flow(
    pen.width,
    [
      { text: pen.signs.ruling.waived, paint: pen.ruling.waived },
      { text: nameWords(service), paint: pen.strong, whole: true },
      { text: rule, whole: true },
      { text: `until ${expires} (${daysLeft(asOf, expires)}),`, paint: pen.ruling.warn, gap: 2 },
      `accepted by ${owner}`,
    ],
    { hang: 4 },
  );
}

/** How far each campaign is, and whether it will be in time. */
export function campaigns({ campaigns: all = [], asOf }: Audit, pen: Pen): Lines {
  if (all.length === 0) return [];
  return [
    ...heading('CAMPAIGNS', counted(all.length, 'campaign'), pen),
    ...all.flatMap((it) =>
      flow(
        pen.width,
        [
          { text: it.title, paint: pen.strong },
          { text: standingWords(it, asOf), gap: 2 },
        ],
        { hang: 2 },
      ),
    ),
  ];
}

/** What judging could not do, repository by repository; on request only, because some say the same everywhere. */
export function notes({ notes: them }: Sums, pen: Pen): Lines {
  if (them.length === 0) return [];
  const count = counted(them.length, 'note');
  if (!pen.verbose) return heading('NOTES', `${count} (--verbose lists all)`, pen);
  return [...heading('NOTES', count, pen), ...them.flatMap((note) => flow(pen.width, [note], { hang: 2 }))];
}

interface Listing {
  readonly title: string;
  readonly count: string;
  readonly pen: Pen;
  readonly paint: Pen['strong'];
}

function listed<T>(
  them: readonly T[],
  linesOf: (it: T) => Lines,
  { title, count, pen, paint }: Listing,
  most = SHOWN,
): Lines {
  if (them.length === 0) return [];
  const shown = pen.verbose ? them : them.slice(0, most);
  return [...heading(title, count, pen, paint), ...shown.flatMap(linesOf), ...more(them.length - shown.length, pen)];
}

/** How many are left out. */
export function more(left: number, pen: Pen, indent = 0): Lines {
  if (left === 0) return [];
  return flow(pen.width, [{ text: `and ${left} more (--verbose lists all)`, paint: pen.dim }], { indent });
}
