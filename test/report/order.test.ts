/** What to do next, in which order, and the counts beside it. */
import { describe, expect, it } from 'vitest';
import { nextSteps } from '../../src/report/order.ts';
import { tally, tallyByArea } from '../../src/report/tally.ts';
import { counted, percent } from '../../src/report/words.ts';
import { worstFirst } from '../../src/report/worst-first.ts';
import { at, finding, problem, several } from './sample-report.ts';

function ids(findings: Parameters<typeof nextSteps>[0], count?: number): readonly string[] {
  return nextSteps(findings, count).map((step) => step.finding.rule);
}

describe('next steps', () => {
  it('come by ruling, then severity, then effort', () => {
    const findings = [
      finding('a/warns', 'warn', { severity: 'critical', standing: 'contradicted' }),
      finding('a/waived', 'waived', { severity: 'critical' }),
      finding('a/document', 'fail', { severity: 'critical', standing: 'missing' }),
      finding('a/major', 'fail', { standing: 'contradicted' }),
      finding('a/link', 'fail', { severity: 'critical', standing: 'contradicted' }),
      finding('a/met', 'pass'),
      finding('a/not-here', 'skip'),
    ];
    expect(ids(findings, 9)).toEqual(['a/link', 'a/document', 'a/major', 'a/waived', 'a/warns']);
    expect(ids(findings)).toHaveLength(3);
  });

  it('come with fewer open problems first where all else is equal', () => {
    const many = finding('a/many', 'fail', { problems: [problem('x:1', 'one'), problem('x:2', 'two')] });
    const few = finding('b/few', 'fail', {
      problems: [problem('x:1', 'one'), problem('x:2', 'two', { waived: true })],
    });
    expect(ids([many, few])).toEqual(['b/few', 'a/many']);
  });

  it('name a problem without a place once, whichever rules have it', () => {
    const lack = problem(undefined, 'there is no data', { fix: 'Fetch it.' });
    expect(ids(['a/a', 'b/b'].map((rule) => finding(rule, 'warn', { problems: [lack] })))).toEqual(['a/a']);
  });

  it('begin at the first open problem that has a place, with its own fix', () => {
    const problems = [
      problem('x.yaml:1', 'waived', { waived: true }),
      problem(undefined, 'nowhere'),
      problem('y.yaml:2', 'here', { fix: 'Turn it.' }),
    ];
    expect(nextSteps([finding('a/b', 'fail', { problems })])[0]).toMatchObject({
      at: { path: 'y.yaml', line: 2 },
      fix: 'Turn it.',
    });
  });

  it('fall back to the claim and the rule’s fix', () => {
    const [step] = nextSteps([finding('a/b', 'fail', { claim: at('gonogo.yaml:3'), fix: 'Meet it.' })]);
    expect(step).toMatchObject({ at: { path: 'gonogo.yaml', line: 3 }, fix: 'Meet it.' });
  });
});

describe('tally', () => {
  const findings = [
    finding('a/x', 'pass'),
    finding('b/x', 'trust'),
    finding('a/y', 'fail', { standing: 'unknown' }),
    finding('b/y', 'skip'),
    finding('a/z', 'waived'),
  ];

  it('counts rulings and standings of what applies', () => {
    expect(tally(findings)).toEqual({
      applicable: 4,
      met: 2,
      blocking: 1,
      waived: 1,
      warnings: 0,
      verified: 1,
      declared: 1,
      unknown: 1,
    });
  });

  it('goes by area in the order of the findings', () => {
    expect(tallyByArea(findings).map(([area, { met, applicable }]) => [area, met, applicable])).toEqual([
      ['a', 1, 3],
      ['b', 1, 1],
    ]);
  });
});

describe('services', () => {
  it('come worst first', () => {
    expect(worstFirst(several().services).map(({ service }) => service.name)).toEqual([
      'payments',
      'ledger',
      'rates-cache',
    ]);
  });
});

describe('words', () => {
  it('say 100 % only of all and 0 % only of none', () => {
    expect([percent(0, 9), percent(1, 999), percent(41, 52), percent(998, 999), percent(9, 9), percent(0, 0)]).toEqual([
      0, 1, 79, 99, 100, 0,
    ]);
  });

  it('count in the singular and the plural', () => {
    expect([counted(0, 'rule'), counted(1, 'rule'), counted(2, 'fix', 'fixes')]).toEqual([
      '0 rules',
      '1 rule',
      '2 fixes',
    ]);
  });
});
