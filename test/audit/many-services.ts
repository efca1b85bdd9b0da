/** An invented estate of any size, the same each time: services with findings, earlier runs, dependencies, waivers, a campaign. Rows are made one by one. */

import { CHECKLISTS } from '../../src/generated/checklists.ts';
import type { Finding, Ruling, Severity, Standing, Waiver } from '../../src/model.ts';
import type { Audit, AuditRow, EstateEdge, EstateFinding, TrendPoint } from '../../src/model-audit.ts';
import { packReport } from '../../src/packed-report.ts';
import { keyOf } from '../../src/service-key.ts';
import { AS_OF, finding, problem, report, service, waiver } from '../report/sample-report.ts';
import { auditOf, HEADER, unjudgedRow } from './sample-audit.ts';

/** Numbers from 0 to 1 that only look random: a linear congruence. */
function dice(seed: number): () => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const SUBJECTS = [
  'payments',
  'ledger',
  'refunds',
  'identity',
  'search',
  'catalogue',
  'pricing',
  'basket',
  'checkout',
  'shipping',
  'returns',
  'invoices',
  'loyalty',
  'rates',
  'reports',
  'notifications',
  'fraud',
  'settlement',
  'onboarding',
  'documents',
];
const KINDS = ['api', 'worker', 'gateway', 'scheduler', 'web', 'store', 'sync', 'adapter'];
const TEAMS = [
  'payments',
  'ledger',
  'identity',
  'commerce',
  'logistics',
  'data-platform',
  'customer-care',
  'risk-and-fraud',
  'growth',
  'core-infrastructure',
].map((it) => `team-${it}`);

/** Rules of every area, so many for each service, taken in turns. */
function rulesOf(count: number): readonly { readonly id: string; readonly severity: Severity }[] {
  const all = CHECKLISTS.filter(({ area }) => area !== 'waivers').flatMap(({ rules }, area) =>
    rules.map(({ id }, at) => ({ id, order: at * 100 + area })),
  );
  return all
    .sort((a, b) => a.order - b.order)
    .slice(0, count)
    .map(({ id }, at) => ({ id, severity: (['critical', 'major', 'standard'] as const)[at % 3] ?? 'major' }));
}

/** Name of the service of that number. */
function nameOf(at: number): string {
  const [subject, kind] = [SUBJECTS[at % SUBJECTS.length], KINDS[Math.floor(at / SUBJECTS.length) % KINDS.length]];
  const turn = Math.floor(at / (SUBJECTS.length * KINDS.length));
  return `${subject}-${kind}${turn === 0 ? '' : `-${turn}`}`;
}

function findingsOf(at: number, rules: ReturnType<typeof rulesOf>): readonly Finding[] {
  const roll = dice(at);
  const quality = 0.55 + 0.44 * Math.sqrt(roll());
  return rules.map(({ id, severity }) => {
    const luck = roll();
    const ruling = luck < quality * 0.8 ? 'pass' : luck < quality ? 'trust' : unmetBy(severity, quality, roll());
    return ruling === 'skip' || ruling === 'pass' || ruling === 'trust'
      ? met(id, ruling, severity)
      : unmet(id, ruling, severity, at);
  });
}

function unmetBy(severity: Severity, quality: number, luck: number): Ruling {
  if (luck < 0.25) return 'skip';
  if (quality > 0.9) return luck < 0.7 ? 'warn' : 'waived';
  return severity === 'standard' || luck < 0.45 ? 'warn' : luck < 0.53 ? 'waived' : 'fail';
}

function met(rule: string, ruling: 'pass' | 'trust' | 'skip', severity: Severity): Finding {
  return finding(rule, ruling, {
    severity,
    because: ruling === 'pass' ? 'the repository shows it' : 'the manifest says so',
    ...textOf(rule),
  });
}

function unmet(rule: string, ruling: Ruling, severity: Severity, at: number): Finding {
  const roll = dice(at + rule.length);
  const standing = (['missing', 'contradicted', 'stale', 'unknown'] as const)[Math.floor(roll() * 4)] as Standing;
  const line = 3 + Math.floor(roll() * 400);
  const accepted: Partial<Finding> = ruling === 'waived' ? { waiver: waiverOf(rule, roll()) } : {};
  return finding(rule, ruling, {
    severity,
    standing,
    because: `${1 + Math.floor(roll() * 5)} of ${6 + Math.floor(roll() * 9)} places of ${nameOf(at)} do not show it`,
    ...textOf(rule),
    problems: [
      problem(`deploy/overlays/prod/${nameOf(at)}.yaml:${line}:7`, `${nameOf(at)} does not say it here`, {
        waived: ruling === 'waived',
        fix: `Say it in deploy/overlays/prod/${nameOf(at)}.yaml, beside line ${line}.`,
      }),
      ...(roll() < 0.4
        ? [
            problem(`docs/runbooks/${nameOf(at)}.md:${line}`, 'the page is from last year', {
              waived: ruling === 'waived',
            }),
          ]
        : []),
    ],
    ...accepted,
  });
}

function waiverOf(rule: string, luck: number): Waiver {
  const expires = new Date(Date.parse(AS_OF) + Math.floor(luck * 160) * 86_400_000).toISOString().slice(0, 10);
  return waiver(rule, {
    expires,
    from: '2026-10-01',
    approvedBy: 'Ngozi Obi',
    ticket: 'https://tickets.lumenpay.io/OPS-2231',
  });
}

function textOf(rule: string): Partial<Finding> {
  return HEADER.rules[rule] ?? {};
}

function rowAt(at: number, rules: ReturnType<typeof rulesOf>): AuditRow {
  const name = nameOf(at);
  const repo = `lumenpay/${name}`;
  if (at % 97 === 96)
    return unjudgedRow(repo, at % 2 === 0 ? {} : { outcome: 'timeout', because: 'not done within 60 s' });
  const roll = dice(at + 7);
  const judged = service(findingsOf(at, rules), {
    name,
    tier: (1 + Math.floor(roll() * 4)) as 1 | 2 | 3 | 4,
    stage: roll() < 0.75 ? 'live' : 'beta',
    profile: 'balanced',
    owner: TEAMS[Math.floor(roll() * TEAMS.length)] ?? '',
  });
  const { owner: _, ...nobody } = judged.service;
  const whose = at % 31 === 30 ? { ...judged, service: nobody } : judged;
  return packReport(
    repo,
    report([whose], { repo: { name: repo, commit: '4f2a9c1d0e8b7a6f5c4d3e2b1a0f9e8d7c6b5a49' } }),
    [],
    HEADER,
  );
}

function trendAt(at: number, met: number, applicable: number): readonly TrendPoint[] {
  const roll = dice(at + 13);
  const slope = roll() * 1.4 - 0.35;
  return Array.from({ length: 20 }, (_, week) => {
    const then = Math.max(0, Math.min(applicable, Math.round(met - slope * (20 - week) * 0.8 + roll() * 2 - 1)));
    const asOf = new Date(Date.parse(AS_OF) - 7 * 86_400_000 * (20 - week)).toISOString().slice(0, 10);
    return {
      asOf,
      verdict: then > applicable * 0.9 ? 'GO' : 'NO-GO',
      score: { applicable, met: then, verified: then, declared: 0 },
    };
  });
}

function edgesOf(count: number): readonly EstateEdge[] {
  return Array.from({ length: count }, (_, at) => at)
    .filter((at) => at % 97 !== 96)
    .flatMap((at) => {
      const roll = dice(at + 29);
      return Array.from({ length: Math.floor(roll() * 3) }, (): EstateEdge => {
        const to = Math.floor(roll() * at * 0.6);
        const there = to % 97 !== 96 && to < at;
        const rules = !there ? ['estate/dependency-known'] : roll() < 0.1 ? ['estate/no-tier-inversion'] : [];
        return {
          from: `lumenpay/${nameOf(at)}`,
          ...(there && { to: `lumenpay/${nameOf(to)}` }),
          name: nameOf(to),
          criticality: roll() < 0.6 ? 'hard' : 'soft',
          rules,
        };
      });
    });
}

function estateFindings(): readonly EstateFinding[] {
  const [a, b, c] = [nameOf(0), nameOf(3), nameOf(1)];
  const text = {
    area: 'estate',
    why: 'What depends on a service that may be down is down with it.',
    fix: 'Make the dependency soft, or raise the tier of what it needs.',
  };
  return [
    {
      ...{
        rule: 'estate/no-tier-inversion',
        severity: 'critical',
        standing: 'contradicted',
        statement: 'No service depends hard on one of a lower tier.',
        ...text,
      },
      because: '2 hard dependencies lead from a higher tier to a lower one',
      problems: [
        {
          message: `${a} (tier 1) depends hard on ${b} (tier 3)`,
          path: [a, c, b],
          services: [`lumenpay/${a}`, `lumenpay/${b}`],
          places: [{ repo: `lumenpay/${a}`, path: 'gonogo.yaml', line: 38 }],
          fingerprint: 'a1b2c3d4e5f6',
        },
        {
          message: `${c} (tier 1) depends hard on ${b} (tier 3)`,
          path: [c, b],
          services: [`lumenpay/${c}`, `lumenpay/${b}`],
          places: [{ repo: `lumenpay/${c}`, path: 'gonogo.yaml', line: 21 }],
          fix: 'Answer from the cache where it is down.',
          fingerprint: 'b1b2c3d4e5f6',
        },
      ],
    },
    {
      ...{
        rule: 'estate/no-hard-cycle',
        severity: 'major',
        standing: 'verified',
        statement: 'No services depend hard on each other in a circle.',
        ...text,
      },
      because: 'no circle among the hard dependencies',
      problems: [],
    },
  ];
}

/** So many repositories with a service each, judged by so many rules. */
export function manyServices(count: number, ruleCount = 60): Audit {
  const rules = rulesOf(ruleCount);
  function* rows(): Iterable<AuditRow> {
    const order = Array.from({ length: count }, (_, at) => at).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    for (const at of order) yield rowAt(at, rules);
  }
  const trends: Record<string, readonly TrendPoint[]> = {};
  for (let at = 0; at < count; at += 1) {
    const row = rowAt(at, rules);
    for (const judged of row.services)
      trends[keyOf(row, judged)] = trendAt(at, judged.score.met, judged.score.applicable);
  }
  return auditOf([], {
    rows,
    trends,
    estate: { findings: estateFindings(), edges: edgesOf(count) },
    campaigns: [
      {
        ...{
          id: 'backups',
          title: 'Every store is restored once a quarter',
          owner: 'team-data-platform',
          deadline: '2027-01-31',
          rules: ['data/restore-tested', 'data/backup-configured'],
        },
        ...{
          applicable: 412,
          met: 287,
          services: 206,
          done: 131,
          history: [],
          forecast: '2027-03-14',
          because: '9 findings a week over the last 8 weeks',
        },
        lagging: [{ service: `lumenpay/${nameOf(2)}`, owner: TEAMS[2] ?? '', rules: ['data/restore-tested'] }],
      },
    ],
  });
}
