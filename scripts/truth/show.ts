/** Shows a measurement: a table by rule, then each answer that is not right, wrong ones first. */
import type { Place } from '../../src/model.ts';
import { visible } from '../../src/report/escape-terminal.ts';
import type { Compared, Outcome } from './compare.ts';
import type { Measurement } from './measure.ts';

const COLUMNS: readonly Outcome[] = ['right', 'accepted', 'relaxed', 'wrong-yes', 'wrong-no', 'beyond', 'abstained'];
/** A wrong "verified" costs far more than anything else. */
const WORST_FIRST: readonly Outcome[] = [
  'wrong-yes',
  'wrong-no',
  'beyond',
  'abstained',
  'relaxed',
  'accepted',
  'right',
];
const MOST = 5;

/** The whole text; with `all` the right answers too. */
export function show({ compared, absent, unasked, notes }: Measurement, all: boolean): string {
  const rules = [...new Set(compared.map(({ rule }) => rule))];
  const rows = [
    ['rule', ...COLUMNS],
    ...rules.map((rule) => [rule, ...counts(compared.filter((it) => it.rule === rule))]),
    ['all', ...counts(compared)],
  ];
  const shown = WORST_FIRST.slice(0, all ? undefined : 5).flatMap((outcome) =>
    compared.filter((it) => it.outcome === outcome),
  );
  return [
    ...aligned(rows),
    '',
    summary(compared),
    ...absent.map(({ repository, why }) => `not judged: ${repository}: ${visible(why)}`),
    ...notes.map((note) => `note: ${visible(note)}`),
    ...(unasked.length > 0 ? [`labelled and not asked: ${unasked.map(visible).join(', ')}`] : []),
    ...shown.flatMap((it) => ['', ...details(it)]),
    '',
  ].join('\n');
}

function counts(compared: readonly Compared[]): readonly string[] {
  return COLUMNS.map((outcome) => String(compared.filter((it) => it.outcome === outcome).length));
}

/** Strict: what the label says. Fair: also what it accepts, and what holds of first-party production workloads alone. */
function summary(compared: readonly Compared[]): string {
  const count = (...outcomes: readonly Outcome[]): number =>
    compared.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const wrong = `wrong ${count('wrong-yes', 'wrong-no')} (${count('wrong-yes')} verified)`;
  return `${compared.length} answers: right ${count('right')} strictly, ${count('right', 'accepted', 'relaxed')} fairly; ${wrong}; abstained ${count('abstained')}; beyond the label ${count('beyond')}`;
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const width = Math.max(...rows.map(([name = '']) => name.length));
  return rows.map(([name = '', ...cells]) => [name.padEnd(width), ...cells.map((cell) => cell.padStart(9))].join(' '));
}

function details({ outcome, repository, rule, finding, label }: Compared): readonly string[] {
  const accepted = label.accept.length > 0 ? `, accepted ${label.accept.join(' or ')}` : '';
  const relaxed = label.relaxed ? `, relaxed ${label.relaxed}` : '';
  const problems = finding.problems
    .slice(0, MOST)
    .map(({ at, message }) => `    ${at ? `${spot(at)} ` : ''}${message}`);
  return [
    `${outcome.toUpperCase()}  ${rule}  ${repository}`,
    `  ours:  ${finding.standing}: ${finding.because}`,
    ...(finding.evidence.length > 0 ? [`    shown by ${finding.evidence.slice(0, MOST).map(spot).join(', ')}`] : []),
    ...problems,
    `  label: ${label.answer}${accepted}${relaxed}: ${label.evidence.join('; ') || 'no evidence given'}`,
    ...(label.note ? [`    ${label.note}`] : []),
  ].map(visible);
}

function spot({ path, line }: Place): string {
  return line === undefined ? path : `${path}:${line}`;
}
