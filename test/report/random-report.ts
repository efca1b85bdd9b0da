/** Reports that nobody would write by hand: arbitrary, valid against the schema, consistent in verdict and score, and full of hostile text. */
import fc from 'fast-check';
import type {
  Change,
  Finding,
  Report,
  ReportedProblem,
  RuleChange,
  ServiceChange,
  ServiceReport,
  Waiver,
} from '../../src/model.ts';
import { day, digits, openText, path, place } from './random-parts.ts';
import { supplements } from './random-supplements.ts';
import { report, service } from './sample-report.ts';

const problem: fc.Arbitrary<ReportedProblem> = fc.record(
  { message: openText, at: place, fix: openText, subject: openText, fingerprint: digits(12), waived: fc.boolean() },
  { requiredKeys: ['message', 'fingerprint', 'waived'] },
);

const waiver: fc.Arbitrary<Waiver> = fc.record(
  {
    rule: fc.constant('runbooks/fresh'),
    scope: openText,
    reason: openText,
    owner: openText,
    approvedBy: openText,
    ticket: openText,
    from: day,
    expires: day,
    at: place,
  },
  { requiredKeys: ['rule', 'reason', 'owner', 'expires', 'at'] },
);

const severity = fc.constantFrom('critical', 'major', 'standard');
const ruling = fc.constantFrom('pass', 'trust', 'warn', 'fail', 'waived', 'skip');
const standing = fc.constantFrom(
  'verified',
  'declared',
  'contradicted',
  'stale',
  'missing',
  'unknown',
  'not-applicable',
);
const direction = fc.constantFrom('worse', 'better', 'mixed', 'neither');

/** Rule ids are ours or an organisation's, and always of this shape. */
const rule = fc
  .tuple(fc.constantFrom('runbooks', 'release', 'acme'), fc.constantFrom('fresh', 'a-b', 'x1', 'readiness-probe'))
  .map((it) => it.join('/'));

const finding: fc.Arbitrary<Finding> = fc
  .record(
    {
      rule,
      statement: openText,
      severity,
      standing,
      ruling,
      because: openText,
      why: openText,
      fix: openText,
      claim: place,
      evidence: fc.array(place, { maxLength: 3 }),
      problems: fc.array(problem, { maxLength: 3 }),
      fingerprint: digits(12),
      waiver,
      countsFrom: day,
    },
    {
      requiredKeys: [
        'rule',
        'statement',
        'severity',
        'standing',
        'ruling',
        'because',
        'why',
        'fix',
        'evidence',
        'problems',
        'fingerprint',
      ],
    },
  )
  .map(
    ({ waiver: by, countsFrom, ...it }) =>
      ({
        ...it,
        area: it.rule.split('/')[0] ?? '',
        ...(it.ruling === 'waived' && by && { waiver: by }),
        ...(it.ruling === 'warn' && countsFrom && { countsFrom }),
      }) as Finding,
  );

const serviceReport: fc.Arbitrary<ServiceReport> = fc
  .record({
    findings: fc.uniqueArray(finding, { maxLength: 6, selector: (it) => it.rule }),
    name: openText,
    dir: fc.oneof(fc.constant(''), path),
    owner: openText,
    tier: fc.constantFrom(1, 2, 3, 4),
    later: fc.array(rule, { maxLength: 2 }),
    waivers: fc.array(waiver, { maxLength: 1 }),
    more: supplements,
  })
  .map(({ findings, later, waivers, more, name, dir, owner, tier }) => {
    const judged = service(findings, { name, dir, owner, tier } as Partial<ServiceReport['service']>, { later });
    return { ...judged, ...more, waivers: [...judged.waivers, ...waivers] };
  });

const answer = fc.record({ standing, ruling });
const ruleChange = fc.record(
  {
    rule,
    statement: openText,
    severity,
    before: answer,
    after: answer,
    direction,
    blocks: fc.boolean(),
    appeared: fc.array(problem, { maxLength: 2 }),
    gone: fc.array(problem, { maxLength: 2 }),
  },
  { requiredKeys: ['rule', 'statement', 'severity', 'direction', 'blocks', 'appeared', 'gone'] },
) as fc.Arbitrary<RuleChange>;

function changeOf(services: readonly ServiceReport[]): fc.Arbitrary<Change> {
  const each = services.map((it) =>
    fc.record(
      {
        service: fc.constant(it.service.name),
        dir: fc.constant(it.service.dir),
        after: fc.constant({ verdict: it.verdict, score: it.score }),
        rules: fc.uniqueArray(ruleChange, { maxLength: 3, selector: (change) => change.rule }),
        remaining: fc.nat(20),
        waived: fc.array(waiver, { minLength: 1, maxLength: 2 }),
      },
      { requiredKeys: ['service', 'dir', 'after', 'rules', 'remaining'] },
    ),
  ) as fc.Arbitrary<ServiceChange>[];
  return fc
    .record(
      {
        what: fc.constantFrom('commit', 'report', 'folder', 'baseline'),
        name: openText,
        commit: digits(40),
        changes: fc.tuple(...each),
        notes: fc.array(openText, { minLength: 1, maxLength: 2 }),
      },
      { requiredKeys: ['what', 'name', 'changes'] },
    )
    .map(({ changes, notes, ...against }) => {
      const rules = changes.flatMap((it) => it.rules);
      const count = (way: string) => rules.filter((it) => it.direction === way || it.direction === 'mixed').length;
      return {
        against,
        passes: !rules.some((it) => it.blocks),
        worse: count('worse'),
        better: count('better'),
        services: changes,
        ...(notes && { notes }),
      } as Change;
    });
}

/** Any report at all. */
export const anyReport: fc.Arbitrary<Report> = fc
  // No two services of a report are the same.
  .uniqueArray(serviceReport, {
    minLength: 1,
    maxLength: 3,
    selector: ({ service: { name, dir } }) => JSON.stringify([name, dir]),
  })
  .chain((services) =>
    fc.record({
      services: fc.constant(services),
      change: fc.option(changeOf(services), { nil: undefined }),
      name: openText,
      commit: fc.option(digits(40), { nil: undefined }),
      dir: fc.option(path, { nil: undefined, freq: 2 }),
      asOf: day,
      policy: fc.option(fc.record({ name: openText, digest: digits(16) }), { nil: undefined }),
      notes: fc.array(openText, { maxLength: 2 }),
    }),
  )
  .map(({ services, change, name, commit, dir, asOf, policy, notes }) =>
    report(services, {
      repo: { name, ...(commit && { commit }), ...(dir && { dir }) },
      asOf,
      notes,
      ...(policy && { policy }),
      ...(change && { change }),
    }),
  );
