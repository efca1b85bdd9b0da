/** Where the service stands, area by area, and how much of it is shown rather than said. */
import type { ServiceReport } from '../model.ts';
import { flow, type Lines } from './layout.ts';
import type { Pen } from './pen.ts';
import { type Tally, tally, tallyByArea } from './tally.ts';
import { type Column, tableOf } from './terminal-table.ts';
import { assuranceWords } from './verdict-words.ts';

type Row = readonly [area: string, counts: Tally];

/** Columns of the assurance bar. */
const BAR = 30;

/** One row an area. */
export function areas({ findings }: ServiceReport, pen: Pen): Lines {
  const rows = tallyByArea(findings);
  if (rows.length === 0) return [];
  const waivers = rows.some(([, counts]) => counts.waived > 0);
  const columns: readonly Column<Row>[] = [
    { head: 'AREA', cell: ([area]) => area },
    { head: 'met', cell: ([, { met, applicable }]) => metOf(met, applicable, pen), align: 'right' },
    count('blocking', 'blocking', pen, pen.ruling.fail),
    ...(waivers ? [count('waived', 'waived', pen, pen.ruling.waived, 1)] : []),
    count('warnings', 'warnings', pen, pen.ruling.warn, 2),
    count('verified', 'verified', pen, pen.standing.verified, 4),
    count('declared', 'declared', pen, pen.standing.declared, 5),
    count('unknown', 'unknown', pen, pen.standing.unknown, 3),
  ];
  return tableOf(rows, columns, { width: pen.width, indent: 0, headPaint: pen.strong });
}

function metOf(met: number, applicable: number, pen: Pen): string {
  return applicable === 0 ? pen.signs.nothing : `${met}/${applicable}`;
}

function count(head: string, key: keyof Tally, pen: Pen, paint: Pen['strong'], spare?: number): Column<Row> {
  return {
    head,
    cell: ([, counts]) => (counts[key] === 0 ? pen.signs.nothing : String(counts[key])),
    paint: ([, counts]) => (counts[key] === 0 ? pen.dim : paint),
    align: 'right',
    ...(spare !== undefined && { spare }),
  };
}

/** How much is shown by the repository, how much is only said, how much could not be seen: a sentence and a bar. */
export function assurance({ findings }: ServiceReport, pen: Pen): Lines {
  const { applicable, verified, declared, unknown } = tally(findings);
  if (applicable === 0) return [];
  const title = { text: 'ASSURANCE', paint: pen.strong };
  return [
    ...flow(pen.width, [title, { text: assuranceWords(findings), gap: 2 }], { hang: 2 }),
    `  ${bar(verified, declared, unknown, applicable, pen)}`,
  ];
}

/** Cumulative rounding, so that the parts always add up to the bar. */
function bar(verified: number, declared: number, unknown: number, applicable: number, pen: Pen): string {
  const upTo = (amount: number) => Math.round((BAR * amount) / applicable);
  const [shown, said, seen] = [upTo(verified), upTo(verified + declared), upTo(applicable - unknown)];
  const { bar: signs } = pen.signs;
  return [
    pen.standing.verified(signs.verified.repeat(shown)),
    pen.standing.declared(signs.declared.repeat(said - shown)),
    pen.dim(signs.unmet.repeat(Math.max(0, seen - said))),
    pen.standing.unknown(signs.unknown.repeat(BAR - Math.max(seen, said))),
  ].join('');
}
