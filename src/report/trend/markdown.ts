/** A trend as a page in Markdown, for a wiki or a meeting. */
import type { CommitHistory, Trend, TrendRow } from '../../model-trend.ts';
import { code, type Markdown, md } from '../markdown-template.ts';
import { sparkline } from '../sparkline.ts';
import { counted, verdictWord } from '../words.ts';
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

/** The Markdown format of a trend. */
export const format: TrendFormat = { summary: 'Markdown: a page for a wiki or a meeting', render };

function* render(trend: Trend): Iterable<string> {
  yield head(trend).source;
  if (trend.history) yield historyOf(trend.history).source;
  else {
    yield verdicts(trend).source;
    for (const [movement, title] of SECTIONS) yield section(trend, movement, title).source;
  }
  yield ruleSetWords(trend.ruleSet)
    .map((it) => md`\n${it}.\n`.source)
    .join('');
}

function head(trend: Trend): Markdown {
  const { whole, by } = trend;
  const yardstick = yardstickWords(whole.yardstick);
  return md`# Trend by ${by}

From ${spanWords(trend).replace(/^from /, '')}.

- ${wholeWords(trend)} ${sparkline(whole.points, { unicode: true })}
- ${alikeWords(whole)}
${yardstick !== '' && md`- neither better nor worse: ${yardstick}\n`}`;
}

function verdicts({ verdicts: changes }: Trend): Markdown {
  if (changes.length === 0) return md``;
  const rows = changes.map((it) => md`| ${it.service} | ${it.owner} | ${verdictWords(it)} |\n`);
  return md`
## Verdicts that changed (${changes.length})

| service | owner | verdict |
| --- | --- | --- |
${rows}`;
}

function section(trend: Trend, movement: TrendRow['movement'], title: string): Markdown {
  const rows = trend.rows.filter((row) => row.movement === movement);
  if (rows.length === 0) return md``;
  const lines = rows.map(
    (row) =>
      md`| ${nameOf(row, trend.by)} | ${moveWords(row.before, row.after)} | ${sumWords(row.before, row.after)} | ${row.gained.length} | ${row.lost.length} | ${yardstickWords(row.yardstick)} | ${sparkline(row.points, { unicode: true })} |\n`,
  );
  return md`
## ${title} (${rows.length})

| ${trend.by} | score | rules met | gained | lost | rules that judge | trend |
| --- | --- | --- | --: | --: | --- | --- |
${lines}
${trend.by === 'service' && rows.map(turnsOf)}`;
}

function turnsOf({ name, gained, lost }: TrendRow): Markdown {
  const turns = [...lost.map((it) => ['lost', it] as const), ...gained.map((it) => ['gained', it] as const)];
  if (turns.length === 0) return md``;
  return md`
${name}:

${turns.map(([what, turn]) => md`- ${what} ${code(turn.rule)} (${turn.severity}): ${turnWords(turn)}\n`)}`;
}

function historyOf({ steps, turns, commits, judged }: CommitHistory): Markdown {
  const rows = steps.map(({ commit, on, verdict, score, subject, because }) => {
    const [word, met] =
      because === undefined ? [verdictWord(verdict), `${score?.met} of ${score?.applicable}`] : ['not judged', ''];
    return md`| ${code(commit.slice(0, 12))} | ${on} | ${word} | ${met} | ${because ?? subject} |\n`;
  });
  const lines = turns.map(
    (turn) =>
      md`- ${turn.better ? 'gained' : 'lost'} ${code(turn.rule)} (${turn.severity}): ${turnWords(turn)}, at ${turnedAt(turn)}: ${turn.at.subject}\n`,
  );
  return md`
| commit | day | verdict | rules met | subject |
| --- | --- | --- | --- | --- |
${rows}
## Rules that turned (${turns.length})

${lines}
${judged} of ${counted(commits, 'commit')} judged, each as of its own day, by the rules of today.
`;
}
