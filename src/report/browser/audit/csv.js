// CSV of what is filtered, by RFC 4180. No text in it begins a formula, whichever of comma and semicolon a spreadsheet splits by.
import { UNMET } from './data.js';
import { element } from './element.js';
import { findingsOf } from './unpack.js';

/** @typedef {import('./data.js').Service} Service */
/** @typedef {import('./data.js').Estate} Estate */

/** What would begin a formula where the text in front of it is cut off. */
const AFTER_SEMICOLON = /;(?=[\s"]*[=+\-@＝＋－＠])/gu;

/** What begins one. */
const FORMULA = /^[=+\-@＝＋－＠\t\r]/u;

/** @param {string | number} value */
function cell(value) {
  if (typeof value === 'number') return String(value);
  const text = value.trim().replace(AFTER_SEMICOLON, ";'");
  const inert = FORMULA.test(text) ? `'${text}` : text;
  return /[",;\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** @param {readonly (readonly (string | number)[])[]} rows */
function csvOf(rows) {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

const HEAD = ['service', 'repository', 'folder', 'tier', 'stage', 'owner', 'verdict'];

/**
 * @param {Estate} estate
 * @param {Service} service
 */
function whose({ data }, { name, repo, dir, tier, stage, owner, verdict }) {
  return [name, repo, dir, tier, stage, owner, data.words.verdicts[verdict]?.[2] ?? ''];
}

/**
 * A row a service; of each area how many of its rules are not met.
 * @param {Estate} estate
 * @param {readonly Service[]} services
 */
export function servicesCsv(estate, services) {
  const { data, cellOf } = estate;
  const rows = services.map((it) => {
    const areas = data.areas.map((_, area) => (cellOf(it, area).rank === 0 ? '' : cellOf(it, area).unmet));
    return [...whose(estate, it), it.met, it.applicable, it.verified, ...areas];
  });
  return csvOf([[...HEAD, 'met', 'applicable', 'verified', ...data.areas.map((it) => `unmet_${it}`)], ...rows]);
}

/**
 * A row a finding that is not met.
 * @param {Estate} estate
 * @param {readonly Service[]} services
 */
export async function findingsCsv(estate, services) {
  const { data, rankOf } = estate;
  /** @type {(string | number)[][]} */
  const rows = [];
  for (const service of services)
    for (const finding of await findingsOf(service.index, data.perPack)) {
      const letter = service.letters.charAt(finding.rule);
      if (rankOf(letter.charCodeAt(0)) < UNMET) continue;
      const [severity = '', standing = '', ruling = ''] = data.answers[data.letters.indexOf(letter)] ?? [];
      const [id = '', area = 0, statement = '', , fix = ''] = data.rules[finding.rule] ?? [];
      const open = finding.problems.filter(({ waived }) => !waived);
      const first = open.find(({ at }) => at !== undefined) ?? finding.problems[0];
      rows.push([
        ...[
          ...whose(estate, service),
          data.areas[area] ?? '',
          id,
          severity,
          standing,
          ruling,
          statement,
          finding.because,
        ],
        ...[
          finding.problems.length + finding.more,
          first?.at ?? finding.claim ?? finding.evidence[0] ?? '',
          first?.fix ?? fix,
        ],
        ...[finding.waiver?.owner ?? '', finding.waiver?.expires ?? '', finding.waiver?.reason ?? ''],
      ]);
    }
  const head = ['area', 'rule', 'severity', 'standing', 'ruling', 'statement', 'because', 'problems', 'place', 'fix'];
  return csvOf([[...HEAD, ...head, 'waiver_owner', 'waiver_expires', 'waiver_reason'], ...rows]);
}

/**
 * @param {string} name
 * @param {string} text
 */
export function download(name, text) {
  const href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  element('a', { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
