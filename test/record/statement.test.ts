/** What a record says of a report: valid against its schema, the same bytes each time, nothing better than the report. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GonogoDecision } from '../../src/generated/decision.ts';
import { validate } from '../../src/generated/validate-decision.js';
import type { Finding, Report } from '../../src/model.ts';
import { statementFrom } from '../../src/record/statement.ts';
import { anyReport } from '../report/random-report.ts';
import {
  conditional,
  finding,
  go,
  noGo,
  nothingJudged,
  report,
  service,
  several,
  waiver,
} from '../report/sample-report.ts';
import { APP, recordText, reportText } from './sample-record.ts';

function statementOf(it: Report): GonogoDecision {
  return statementFrom(it, { artifacts: [APP], reportText: reportText(it), overrides: [] });
}

describe('a statement', () => {
  it('is what the golden says', async () => {
    const policy = { name: 'org.yaml', digest: '0123456789abcdef' };
    await expect(recordText({ ...several(), policy }, { overrides: ['--tier 2'] })).toMatchFileSnapshot(
      '__golden__/several.json',
    );
  });

  it.each([
    ['GO', go(), 'PASSED'],
    ['CONDITIONAL GO', conditional(), 'WARNED'],
    ['NO-GO', noGo(), 'FAILED'],
    ['nothing judged', nothingJudged(), 'WARNED'],
  ])('says %s in the words of in-toto', (_, it, result) => {
    expect(statementOf(it).predicate.result).toBe(result);
  });

  it('fits its schema and puts no finding where it looks better, whatever is reported', () => {
    fc.assert(
      fc.property(anyReport, (it) => {
        const statement = JSON.parse(recordText(it)) as GonogoDecision;
        expect(validate(statement) || validate.errors).toBe(true);
        const { passedTests, warnedTests, failedTests, gonogo } = statement.predicate;
        const rulings = it.services.flatMap(({ findings }) => findings.map(({ ruling }) => ruling));
        const count = (...wanted: readonly string[]) => rulings.filter((ruling) => wanted.includes(ruling)).length;
        expect(passedTests).toHaveLength(count('pass', 'trust'));
        expect(warnedTests).toHaveLength(count('warn', 'waived'));
        expect(failedTests).toHaveLength(count('fail'));
        expect(gonogo.services.flatMap(({ onlyDeclared }) => onlyDeclared)).toHaveLength(count('trust'));
        expect(statement.predicate.result === 'PASSED' && it.verdict !== 'GO').toBe(false);
        expect(recordText(structuredClone(it))).toBe(recordText(it));
      }),
      { numRuns: 1000 },
    );
  });

  it('names the yardstick as the report does', () => {
    const policy = { name: 'org.yaml', digest: '0123456789abcdef' };
    const { configuration } = statementOf({ ...go(), policy }).predicate;
    expect(configuration).toEqual([
      ...statementOf(go()).predicate.configuration,
      { name: 'policy:org.yaml', digest: { gonogoPolicy: '0123456789abcdef' } },
    ]);
  });
});

describe('the waivers that a verdict rests on', () => {
  const problems = [
    { message: 'one', at: { path: 'a/x' }, fingerprint: '111111111111', waived: true },
    { message: 'two', at: { path: 'b/x' }, fingerprint: '222222222222', waived: true },
  ];
  const [one, two] = [waiver('runbooks/fresh', { scope: 'a' }), waiver('runbooks/fresh', { scope: '222222222222' })];
  const boundOf = (it: Finding, waivers: readonly ReturnType<typeof waiver>[]) =>
    statementOf(report([service([it], {}, { waivers })])).predicate.gonogo.services[0].waivers.map((w) => w.scope);

  it('are all that cover a part of it, not only the one that the finding names', () => {
    const waived = finding('runbooks/fresh', 'waived', { problems, waiver: one });
    const idle = [waiver('runbooks/fresh', { scope: 'c' }), waiver('release/other', {})];
    expect(boundOf(waived, [one, ...idle, two])).toEqual(['a', '222222222222']);
  });

  it('are none where nothing would have blocked', () => {
    expect(boundOf(finding('runbooks/fresh', 'warn', { problems, waiver: one }), [one, two])).toEqual([]);
  });
});
