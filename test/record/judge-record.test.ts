/** Why a record does not allow what it is shown for: each reason, and all of them at once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model.ts';
import { readReport } from '../../src/record/read.ts';
import { anyReport } from '../report/random-report.ts';
import { conditional, go, noGo, nothingJudged, several } from '../report/sample-report.ts';
import { APP, recordText, refusals, reportText } from './sample-record.ts';

const CLEAN = { repo: { name: 'shop', commit: 'c0ffee', dirty: false } };
const READY: Report = { ...go(), ...CLEAN };
const EXPIRES = conditional().services[0]?.waivers[0]?.expires ?? '';

function withReport(report: Report) {
  const bytes = Buffer.from(reportText(report));
  const read = readReport(bytes);
  return { report: { bytes, ...(read && { read }) } };
}

describe('a record', () => {
  it('allows what it is about', () => {
    expect(refusals(recordText(READY), { require: 'GO', maxAgeDays: 0, ...withReport(READY) })).toEqual([]);
    expect(refusals(recordText(conditional()), { asOf: EXPIRES })).toEqual([]);
  });

  it.each([
    [
      'another artefact',
      recordText(READY),
      { artifacts: [APP, { name: 'other', digest: { sha256: 'b'.repeat(64) } }] },
      `it is about another artefact: other sha256:${'b'.repeat(64)} is not in it`,
    ],
    ['a NO-GO', recordText({ ...noGo(), ...CLEAN }), {}, 'the verdict is NO-GO: payments'],
    [
      'less than is required',
      recordText(conditional()),
      { require: 'GO' as const },
      'the verdict is CONDITIONAL GO, and GO is required',
    ],
    ['nothing judged', recordText({ ...nothingJudged(), ...CLEAN }), {}, 'nothing was judged of payments'],
    [
      'a later day than today',
      recordText(READY),
      { asOf: '2026-11-15' },
      'it was judged for 2026-11-16, which is after 2026-11-15',
    ],
    [
      'too long ago',
      recordText(READY),
      { asOf: '2026-11-18', maxAgeDays: 1 },
      'it was judged for 2026-11-16, 2 days ago; 1 are allowed',
    ],
    [
      'no day',
      recordText({ ...READY, asOf: '2026-02-30' }),
      { maxAgeDays: 1 },
      'it was judged for "2026-02-30", which is no day',
    ],
    [
      'no commit',
      recordText({ ...READY, repo: { name: 'shop' } }),
      {},
      'it names no commit, so nobody can tell what was judged',
    ],
    [
      'changed files',
      recordText({ ...READY, repo: { ...CLEAN.repo, dirty: true } }),
      {},
      'files that were judged differ from commit c0ffee',
    ],
    [
      'perhaps changed files',
      recordText({ ...READY, repo: { name: 'shop', commit: 'c0ffee' } }),
      {},
      'it does not say whether the files that were judged are those of commit c0ffee',
    ],
    [
      'another yardstick',
      recordText(READY, { overrides: ['--only ownership', '--fail-on none'] }),
      {},
      "it was judged by another yardstick than the service's own: --only ownership --fail-on none",
    ],
    [
      'another report',
      recordText(READY),
      withReport(noGo()),
      'the report is not the one it was made from, or was changed since',
    ],
    [
      'a report nobody can read',
      recordText(READY, { reportText: 'x' }),
      { report: { bytes: Buffer.from('x') } },
      'the report has the right digest, but cannot be read to compare it',
    ],
  ])('refuses %s', (_, text, demands, reason) => {
    expect(refusals(text, demands)).toEqual([reason]);
  });

  it('is over with a waiver that it rests on', () => {
    const day = `${EXPIRES.slice(0, 8)}${Number(EXPIRES.slice(8)) + 1}`;
    expect(refusals(recordText(conditional()), { asOf: day })).toEqual([
      expect.stringMatching(new RegExp(`^the waiver of .+ for payments expired on ${EXPIRES} \\(owner .+\\)$`)),
    ]);
  });

  it('says every reason, not only the first', () => {
    const reasons = refusals(recordText({ ...several() }, { overrides: ['--tier 4'] }), {
      artifacts: [{ digest: { md5: '' } }],
      asOf: '2030-01-01',
      maxAgeDays: 1,
    });
    expect(reasons).toHaveLength(6);
  });

  it.each([
    ['dirty', { allowDirty: true }, recordText({ ...READY, repo: { name: 'shop' } })],
    ['overrides', { allowOverrides: true }, recordText(READY, { overrides: ['--tier 4'] })],
  ])('is let through where told: %s', (_, demands, text) => {
    expect(refusals(text, demands)).toEqual([]);
  });
});

describe('a record that somebody wrote into', () => {
  it.each([
    ['the verdict', '"verdict": "NO-GO"', '"verdict": "GO"', recordText({ ...noGo(), ...CLEAN })],
    ['the result', '"result": "FAILED"', '"result": "PASSED"', recordText({ ...noGo(), ...CLEAN })],
    ['a waiver', /"waivers": \[[^\]]+\]/, '"waivers": []', recordText(conditional())],
  ])('contradicts itself: %s', (_, old, young, text) => {
    const changed = text.replace(old, young);
    expect(changed).not.toBe(text);
    expect(refusals(changed).join()).toContain('it contradicts itself');
  });

  it('is told from the report where it does not', () => {
    const text = recordText(conditional());
    const longer = text.replace(`"expires": "${EXPIRES}"`, '"expires": "2030-01-01"');
    expect(longer).not.toBe(text);
    expect(refusals(longer)).toEqual([]);
    expect(refusals(longer, withReport(conditional()))).toEqual([
      'it says something else than the report about: services',
    ]);
  });
});

describe('a record of another yardstick than the report', () => {
  it('is told from it', () => {
    const policy = { name: 'org.yaml', digest: '0123456789abcdef' };
    const text = recordText({ ...READY, policy });
    expect(refusals(text, withReport({ ...READY, policy }))).toEqual([]);
    for (const changed of [
      text.replace('0123456789abcdef', 'fedcba9876543210'),
      text.replace('policy:org', 'policy:our'),
    ])
      expect(refusals(changed, withReport({ ...READY, policy }))).toEqual([
        'it says something else than the report about: configuration',
      ]);
  });
});

describe('the record of any report', () => {
  it('agrees with it, and is refused for a NO-GO', () => {
    fc.assert(
      fc.property(anyReport, (it) => {
        const reasons = refusals(recordText(it), { ...withReport(it), asOf: it.asOf, allowDirty: true });
        expect(reasons.filter((reason) => /report/.test(reason.split(':')[0] ?? ''))).toEqual([]);
        expect(reasons.some((reason) => reason.startsWith('the verdict is'))).toBe(it.verdict === 'NO-GO');
        const lost = it.services.some(({ findings }) => findings.some((one) => one.ruling === 'waived' && !one.waiver));
        if (!lost) expect(reasons.filter((reason) => reason.includes('contradicts'))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
