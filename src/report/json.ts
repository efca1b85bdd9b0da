/** The report as JSON: exactly the `Report`, keys always in the same order, every string well-formed and safe to print. */
import type { Report } from '../model.ts';
import type { Format } from './format.ts';

/** The JSON format. */
export const format: Format = {
  summary: 'the whole report for programs (schemas/report.schema.json)',
  render: renderJson,
};

/** Keys of all the nouns of a report in one order that reads well in each of them. */
export const REPORT_KEYS: readonly string[] = [
  ...['schemaVersion', 'tool', 'repo', 'asOf', 'checklists', 'policy', 'name', 'version', 'digest', 'commit', 'dirty'],
  ...['service', 'manifest', 'verdict', 'score', 'dir', 'tier', 'stage', 'profile'],
  ...['applicable', 'met', 'verified', 'declared', 'kind', 'files', 'note'],
  ...['rule', 'area', 'statement', 'severity', 'standing', 'ruling', 'because', 'message', 'why', 'fix', 'refs'],
  ...['scope', 'reason', 'owner', 'assumed', 'approvedBy', 'ticket', 'from', 'expires', 'detail'],
  ...['at', 'to', 'root', 'path', 'line', 'column', 'subject', 'claim', 'evidence', 'problems', 'waiver'],
  ...['before', 'after', 'direction', 'blocks', 'appeared', 'gone', 'remaining'],
  ...[
    'countsFrom',
    'fingerprint',
    'waived',
    'services',
    'findings',
    'later',
    'waivers',
    'looked',
    'unread',
    'delegated',
    'notes',
  ],
];

/** Indented by two spaces, ending with a line end. */
function renderJson(report: Report): string {
  return jsonText(report, REPORT_KEYS);
}

/** Any plain data as JSON with its keys in a given order; keys outside it follow by name. An indent of 0 makes it one line. */
export function jsonText(data: unknown, keys: readonly string[], indent = 2): string {
  const rank = new Map(keys.map((key, index) => [key, index]));
  const compare = (a: string, b: string) =>
    (rank.get(a) ?? keys.length) - (rank.get(b) ?? keys.length) || (a < b ? -1 : 1);
  return `${printable(JSON.stringify(stable(data, compare), null, indent))}\n`;
}

/** A copy: a function that JSON would ask about every value takes several times as long. */
function stable(value: unknown, compare: (a: string, b: string) => number): unknown {
  // A lone surrogate is valid in JavaScript only; most readers of JSON refuse it.
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => stable(item, compare));
  const entries = Object.entries(value).sort(([a], [b]) => compare(a, b));
  return Object.fromEntries(entries.map(([key, item]) => [key, stable(item, compare)]));
}

/** Plain data as JSON in the order in which it was made. */
export function jsonAsMade(data: unknown): string {
  return `${printable(JSON.stringify(data, null, 2))}\n`;
}

/** What a terminal would obey or hide, and the commands that a CI log finds anywhere in a line. */
const UNPRINTABLE =
  /[\u007F-\u009F\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|#(?=#(?:\[|vso\[|teamcity\[))/giu;

/** JSON's own escapes for it; every reader gets the same strings back. */
export function printable(json: string): string {
  return json.replace(UNPRINTABLE, (character) =>
    character.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}
