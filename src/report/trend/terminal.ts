/** A trend for a person in a terminal: the whole with its arithmetic, then the most improved, regressions, and what came and went. */
import type { CommitStep, Trend, TrendRow } from '../../model-trend.ts';
import type { Canvas } from '../canvas.ts';
import { flow, type Lines, stack } from '../layout.ts';
import { type Pen, penFor } from '../pen.ts';
import { sparkline } from '../sparkline.ts';
import { type Column, tableOf } from '../terminal-table.ts';
import { counted, verdictRuling, verdictWord } from '../words.ts';
import type { TrendFormat } from './format.ts';
import {
  alikeWords,
  moveWords,
  nameOf,
  ruleSetWords,
  SECTIONS,
  spanWords,
  sumWords,
  turnedAt,
  turnWords,
  verdictWords,
  wholeWords,
  yardstickWords,
} from './words.ts';

/** The terminal format of a trend. */
export const format: TrendFormat = { summary: 'for a person in a terminal', render };

/** Rows of a section, and rules of a row, that are shown without `--verbose`. */
const SHOWN = { rows: 20, turns: 5 };

function* render(trend: Trend, canvas: Canvas): Iterable<string> {
  const pen = penFor(canvas);
  const blocks = [
    head(trend, canvas, pen),
    ...(trend.history
      ? [steps(trend.history.steps, pen), turns(trend, pen)]
      : [verdicts(trend, pen), ...SECTIONS.map(([movement, title]) => section(trend, movement, title, canvas, pen))]),
    ruleSetWords(trend.ruleSet).flatMap((it) => flow(pen.width, [it], { hang: 2 })),
  ];
  yield `${stack(blocks).join('\n')}\n`;
}

function head(trend: Trend, canvas: Canvas, pen: Pen): Lines {
  const { whole, rows, by } = trend;
  const same = rows.filter(({ movement }) => movement === 'same').length;
  const yardstick = yardstickWords(whole.yardstick);
  const lines = [
    ...flow(pen.width, [{ text: `Trend by ${by}`, paint: pen.strong }, spanWords(trend)], { hang: 2 }),
    ...flow(pen.width, [wholeWords(trend), { text: sparkline(whole.points, canvas), whole: true, gap: 2 }], {
      hang: 2,
    }),
    ...flow(pen.width, [alikeWords(whole)], { hang: 2 }),
    ...(yardstick === '' ? [] : flow(pen.width, [`neither better nor worse: ${yardstick}`], { hang: 2 })),
    ...(same > 0 && !trend.history ? flow(pen.width, [`${same} of ${counted(rows.length, by)} as before`]) : []),
  ];
  return lines;
}

function section(trend: Trend, movement: TrendRow['movement'], title: string, canvas: Canvas, pen: Pen): Lines {
  const rows = trend.rows.filter((row) => row.movement === movement);
  if (rows.length === 0) return [];
  const shown = canvas.verbose ? rows : rows.slice(0, SHOWN.rows);
  const left = rows.length - shown.length;
  const columns: readonly Column<TrendRow>[] = [
    { head: trend.by.toUpperCase(), cell: (row) => nameOf(row, trend.by) },
    { head: 'score', cell: ({ before, after }) => moveWords(before, after) },
    { head: 'rules met', cell: ({ before, after }) => sumWords(before, after), spare: 2 },
    { head: 'gained', cell: ({ gained }) => String(gained.length), align: 'right' },
    { head: 'lost', cell: ({ lost }) => String(lost.length), align: 'right' },
    { head: 'rules that judge', cell: ({ yardstick }) => yardstickWords(yardstick), spare: 3 },
    { head: 'trend', cell: ({ points }) => sparkline(points, canvas), spare: 1 },
  ];
  return [
    pen.strong(`${title} (${rows.length})`),
    ...tableOf(shown, columns, { width: pen.width, indent: 2, headPaint: pen.dim }),
    ...(left > 0 ? flow(pen.width, [`and ${left} more (--verbose shows them)`], { indent: 2 }) : []),
    ...(trend.by === 'service' ? shown.flatMap((row) => rulesOf(row, canvas, pen)) : []),
  ];
}

/** Which rules a service gained and lost. */
function rulesOf(row: TrendRow, { verbose }: Canvas, pen: Pen): Lines {
  const all = [
    ...row.lost.map((turn) => ({ turn, sign: '-', paint: pen.ruling.fail })),
    ...row.gained.map((turn) => ({ turn, sign: '+', paint: pen.ruling.pass })),
  ];
  const shown = verbose ? all : all.slice(0, SHOWN.turns);
  if (shown.length === 0) return [];
  const left = all.length - shown.length;
  return [
    ...flow(pen.width, [{ text: row.name, paint: pen.strong }], { indent: 2 }),
    ...shown.flatMap(({ turn, sign, paint }) =>
      flow(pen.width, [{ text: sign, paint }, turn.rule, `(${turn.severity}): ${turnWords(turn)}`], {
        indent: 4,
        hang: 6,
      }),
    ),
    ...(left > 0 ? flow(pen.width, [`and ${left} more`], { indent: 4 }) : []),
  ];
}

function verdicts({ verdicts: changes }: Trend, pen: Pen): Lines {
  if (changes.length === 0) return [];
  return [
    pen.strong(`Verdicts that changed (${changes.length})`),
    ...changes.flatMap((change) =>
      flow(
        pen.width,
        [
          { text: change.service, paint: pen.strong },
          { text: verdictWords(change), gap: 2 },
        ],
        {
          indent: 2,
          hang: 4,
        },
      ),
    ),
  ];
}

function steps(all: readonly CommitStep[], pen: Pen): Lines {
  const columns: readonly Column<CommitStep>[] = [
    { head: 'COMMIT', cell: ({ commit }) => commit.slice(0, 12) },
    { head: 'day', cell: ({ on }) => on },
    {
      head: 'verdict',
      cell: ({ verdict, because }) => (because === undefined ? verdictWord(verdict) : 'not judged'),
      paint: ({ verdict, because }) => pen.ruling[verdictRuling(because === undefined ? verdict : undefined)],
    },
    { head: 'score', cell: ({ score }) => moveWords(undefined, score).replace('– → ', '') },
    { head: 'rules met', cell: ({ score }) => (score ? `${score.met} of ${score.applicable}` : ''), spare: 1 },
    { head: 'subject', cell: ({ subject, because }) => because ?? subject, spare: 2 },
  ];
  return tableOf(all, columns, { width: pen.width, indent: 0, headPaint: pen.dim });
}

function turns({ history }: Trend, pen: Pen): Lines {
  if (!history) return [];
  const { turns: all, commits, judged } = history;
  const lines = all.flatMap((turn) => {
    const [sign, paint] = turn.better ? ['+', pen.ruling.pass] : ['-', pen.ruling.fail];
    const said = `${turn.rule} (${turn.severity}): ${turnWords(turn)}`;
    return [
      ...flow(pen.width, [{ text: sign, paint }, said], { indent: 2, hang: 4 }),
      ...flow(pen.width, [`at ${turnedAt(turn)}: ${turn.at.subject}`], { indent: 4 }),
    ];
  });
  return [
    pen.strong(`Rules that turned (${all.length})`),
    ...lines,
    ...flow(pen.width, [
      `${judged} of ${counted(commits, 'commit')} judged, each as of its own day, by the rules of today`,
    ]),
  ];
}
