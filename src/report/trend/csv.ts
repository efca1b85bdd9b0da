/** A trend as CSV by RFC 4180: a row a service, area or owner; of commits, a row a commit. */
import type { CommitHistory, CommitStep, Trend, TrendRow } from '../../model-trend.ts';
import { type Columns, csvHead, csvRows } from '../csv-table.ts';
import type { TrendFormat } from './format.ts';

/** The CSV format of a trend. */
export const format: TrendFormat = { summary: 'CSV: a row a service, area, owner or commit, for spreadsheets', render };

/** The columns in their order, which is for ever: new ones are added at the end. */
const ROW: Columns<TrendRow> = [
  ['name', ({ name }) => name],
  ['owner', ({ owner }) => owner],
  ['movement', ({ movement }) => movement],
  ['met_before', ({ before }) => before?.met],
  ['applicable_before', ({ before }) => before?.applicable],
  ['met_after', ({ after }) => after?.met],
  ['applicable_after', ({ after }) => after?.applicable],
  ['same_rules_met_before', ({ alike }) => alike.before.met],
  ['same_rules_applicable_before', ({ alike }) => alike.before.applicable],
  ['same_rules_met_after', ({ alike }) => alike.after.met],
  ['same_rules_applicable_after', ({ alike }) => alike.after.applicable],
  ['gained', ({ gained }) => gained.length],
  ['lost', ({ lost }) => lost.length],
  ['gained_rules', ({ gained }) => rulesOf(gained)],
  ['lost_rules', ({ lost }) => rulesOf(lost)],
  ['rules_more', ({ yardstick }) => yardstick.more],
  ['rules_more_not_met', ({ yardstick }) => yardstick.moreUnmet],
  ['rules_fewer', ({ yardstick }) => yardstick.fewer],
  ['rules_fewer_not_met', ({ yardstick }) => yardstick.fewerUnmet],
  ['rules_came_to_apply', ({ yardstick }) => yardstick.came],
  ['rules_came_not_met', ({ yardstick }) => yardstick.cameUnmet],
  ['rules_no_longer_apply', ({ yardstick }) => yardstick.went],
  ['rules_no_longer_not_met', ({ yardstick }) => yardstick.wentUnmet],
  ['ruled_stricter', ({ yardstick }) => yardstick.stricter],
  ['ruled_looser', ({ yardstick }) => yardstick.looser],
  ['commit_before', ({ commits }) => commits?.from],
  ['commit_after', ({ commits }) => commits?.to],
];

interface StepRow {
  readonly step: CommitStep;
  readonly turns: CommitHistory['turns'];
}

const STEP: Columns<StepRow> = [
  ['commit', ({ step }) => step.commit],
  ['on', ({ step }) => step.on],
  ['subject', ({ step }) => step.subject],
  ['verdict', ({ step }) => step.verdict],
  ['met', ({ step }) => step.score?.met],
  ['applicable', ({ step }) => step.score?.applicable],
  ['verified', ({ step }) => step.score?.verified],
  ['gained_rules', ({ turns }) => rulesOf(turns.filter(({ better }) => better))],
  ['lost_rules', ({ turns }) => rulesOf(turns.filter(({ better }) => !better))],
  ['because', ({ step }) => step.because],
];

function rulesOf(turns: readonly { readonly rule: string }[]): string {
  return [...new Set(turns.map(({ rule }) => rule))].join(' ');
}

function* render({ rows, history }: Trend): Iterable<string> {
  if (!history) return yield tableOf(ROW, rows);
  const { steps, turns } = history;
  yield tableOf(
    STEP,
    steps.map((step) => ({ step, turns: turns.filter(({ at }) => at.commit === step.commit) })),
  );
}

function tableOf<R>(columns: Columns<R>, rows: readonly R[]): string {
  return csvHead(columns) + csvRows(columns, rows);
}
