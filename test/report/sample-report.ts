/** Builds reports by hand for the reporters' tests: small parts with defaults, and a few whole reports of an invented company. */
import type {
  Finding,
  Looked,
  Place,
  Report,
  ReportedProblem,
  Ruling,
  Service,
  ServiceReport,
  Standing,
  Verdict,
  Waiver,
} from '../../src/model.ts';

/** The day of every sample report. */
export const AS_OF = '2026-11-16';

/** `path:line:column` as a place. */
export function at(text: string): Place {
  const [path = '', line, column] = text.split(':');
  return { path, ...(line && { line: Number(line) }), ...(column && { column: Number(column) }) };
}

/** A problem; the place is written as `path:line:column`. */
export function problem(
  place: string | undefined,
  message: string,
  more: Partial<ReportedProblem> = {},
): ReportedProblem {
  return { message, ...(place && { at: at(place) }), fingerprint: '4be1a3c09d52', waived: false, ...more };
}

const STANDING_OF: Readonly<Record<Ruling, Standing>> = {
  pass: 'verified',
  trust: 'declared',
  warn: 'missing',
  fail: 'missing',
  waived: 'missing',
  skip: 'not-applicable',
};

/** A finding of a rule; its standing follows from the ruling unless it is given. */
export function finding(rule: string, ruling: Ruling, more: Partial<Finding> = {}): Finding {
  return {
    rule,
    area: rule.split('/')[0] ?? rule,
    statement: 'The service meets the rule.',
    severity: 'major',
    standing: STANDING_OF[ruling],
    ruling,
    because: 'the sample says so',
    why: 'Somebody has to operate it at night.',
    fix: 'Meet the rule.',
    evidence: [],
    problems: [],
    fingerprint: 'a1b2c3d4e5f6',
    ...more,
  };
}

/** A waiver of a rule. */
export function waiver(rule: string, more: Partial<Waiver> = {}): Waiver {
  return {
    rule,
    reason: 'The second region is paid for from January; until then the failover is by hand.',
    owner: 'team-payments',
    expires: '2026-12-01',
    at: at('gonogo.waivers.yaml:4:5'),
    ...more,
  };
}

/** A service with its findings; verdict and score follow from them. */
export function service(
  findings: readonly Finding[],
  more: Partial<Service> = {},
  rest: Partial<ServiceReport> = {},
): ServiceReport {
  const applicable = findings.filter((it) => it.ruling !== 'skip');
  const count = (test: (it: Finding) => boolean) => applicable.filter(test).length;
  return {
    service: {
      name: 'payments',
      dir: '',
      tier: 1,
      stage: 'live',
      profile: 'stability',
      owner: 'team-payments',
      assumed: [],
      ...more,
    },
    manifest: at('gonogo.yaml'),
    verdict: verdictFor(findings),
    score: {
      applicable: applicable.length,
      met: count(({ ruling }) => ruling === 'pass' || ruling === 'trust'),
      verified: count(({ standing }) => standing === 'verified'),
      declared: count(({ standing }) => standing === 'declared'),
    },
    findings,
    later: [],
    waivers: findings.flatMap((it) => (it.waiver ? [it.waiver] : [])),
    looked: [],
    ...rest,
  };
}

function verdictFor(findings: readonly Finding[]): Verdict {
  if (findings.some(({ ruling }) => ruling === 'fail')) return 'NO-GO';
  return findings.some(({ ruling }) => ruling === 'waived') ? 'CONDITIONAL GO' : 'GO';
}

/** A report of services. */
export function report(services: readonly ServiceReport[], more: Partial<Report> = {}): Report {
  const order: readonly Verdict[] = ['NO-GO', 'CONDITIONAL GO', 'GO'];
  return {
    schemaVersion: 1,
    tool: { name: 'gonogo', version: '0.1.0' },
    repo: { name: 'lumenpay/payments', commit: '4f2a9c1d0e8b7a6f5c4d3e2b1a0f9e8d7c6b5a49', dirty: true },
    asOf: AS_OF,
    checklists: [{ name: 'runbooks', digest: '0f3c2a1b9d8e7f60' }],
    verdict: order.find((verdict) => services.some((it) => it.verdict === verdict)) ?? 'GO',
    services,
    notes: [],
    ...more,
  };
}

function deadLinks(): readonly ReportedProblem[] {
  const names = [
    'PaymentsLatencyHigh',
    'PaymentsErrorRate',
    'LedgerQueueDepth',
    'CardGatewayDown',
    'RefundsStuck',
    'DiskFillsIn4h',
    'CertExpires',
  ];
  return names.map((name, index) =>
    problem(
      `ops/alerts/payments.yaml:${41 + 17 * index}:11`,
      `${name} links docs/runbooks/${name.toLowerCase()}.md, which does not exist`,
      {
        fix:
          index === 0
            ? 'Link docs/runbooks/latency.md, which has the nearest name.'
            : 'Write the page, or correct the link.',
        subject: name,
      },
    ),
  );
}

const BLOCKING: readonly Finding[] = [
  finding('runbooks/alert-links-runbook', 'fail', {
    statement: 'Every alert that wakes someone links a runbook.',
    severity: 'critical',
    standing: 'contradicted',
    because: '7 of 14 paging alerts link a page that does not exist',
    why: 'At 2 AM the person paged may never have seen this service before.',
    fix: 'Add a runbook_url annotation that points at the section for this alert.',
    claim: at('gonogo.yaml:64:3'),
    evidence: [at('ops/alerts/payments.yaml:12:5'), at('ops/alerts/payments.yaml:41:11')],
    problems: deadLinks(),
  }),
  finding('dependencies/timeout-evidenced', 'fail', {
    statement: 'The timeout that is declared is the timeout that the client uses.',
    severity: 'critical',
    standing: 'contradicted',
    because: 'card-gateway is declared with 900ms; the client that calls it waits 30s',
    fix: 'Set the declared timeout in the client, or correct the claim and the budgets that rest on it.',
    claim: at('gonogo.yaml:38:7'),
    problems: [
      problem('config/http-clients.yaml:22:16', 'cardGateway.readTimeout is 30s, declared 900ms', {
        subject: 'card-gateway',
      }),
    ],
  }),
  finding('data/restore-tested', 'fail', {
    statement: 'A restore from backup was rehearsed within the time allowed.',
    severity: 'critical',
    standing: 'stale',
    because: 'the last rehearsal, on 2025-12-20, is 331 days old; tier 1 allows 180',
    fix: 'Restore the latest backup to an empty database, time it, and date the record.',
    claim: at('gonogo.yaml:97:9'),
    evidence: [at('docs/drills/restore-2025-12-20.md:3')],
    problems: [problem('docs/drills/restore-2025-12-20.md:3', 'the drill is dated 2025-12-20')],
  }),
  finding('release/rollback-rehearsed', 'fail', {
    statement: 'A rollback was rehearsed, and took no longer than declared.',
    because: 'the manifest declares no rehearsal, and no document under docs/ records one',
    fix: 'Roll back one release in staging, write down how long it took, and point release.rollback.tested_on at it.',
  }),
];

const WAIVED = finding('resilience/multi-zone', 'waived', {
  statement: 'The service survives the loss of one zone.',
  standing: 'contradicted',
  because: 'all three replicas are pinned to eu-west-1a',
  fix: 'Replace the nodeSelector by a topology spread constraint over zones.',
  problems: [problem('deploy/overlays/prod/deployment.yaml:31:9', 'nodeSelector pins eu-west-1a', { waived: true })],
  waiver: waiver('resilience/multi-zone', {
    approvedBy: 'Ngozi Obi',
    ticket: 'https://tickets.lumenpay.io/OPS-2231',
    from: '2026-11-01',
  }),
});

const WARNINGS: readonly Finding[] = [
  finding('observability/metrics-scraped', 'warn', {
    standing: 'unknown',
    because: 'the ServiceMonitor is a Helm template that was not rendered',
    fix: 'Vendor the rendered manifests, or declare observability.metrics.evidence.',
    evidence: [at('charts/payments/templates/servicemonitor.yaml:1')],
  }),
  finding('runbooks/runbook-fresh', 'warn', {
    severity: 'standard',
    standing: 'stale',
    because: '3 of 9 runbooks were last reviewed more than 180 days ago',
    fix: 'Read the page, correct it, and set last_reviewed_on.',
    problems: [problem('docs/runbooks/refunds.md:2:1', 'last reviewed on 2026-02-03, 286 days ago')],
  }),
  finding('ownership/codeowners-entries-live', 'warn', {
    severity: 'standard',
    standing: 'contradicted',
    because: '2 of 11 entries match no file',
    fix: 'Remove the entry or correct its pattern.',
    problems: [
      problem('.github/CODEOWNERS:7', '/services/wallet/ matches nothing'),
      problem('.github/CODEOWNERS:9', '/legacy/ matches nothing'),
    ],
  }),
];

const MET: readonly Finding[] = [
  'ownership/team-declared',
  'ownership/oncall-declared',
  'ownership/escalation-chain',
  'non-functionals/baseline-complete',
  'observability/logs-structured',
  'observability/dashboard-present',
  'runbooks/required-sections',
  'dependencies/declared',
  'release/tests-gate-release',
  'resilience/min-replicas',
  'data/backup-configured',
].map((rule, index) =>
  finding(rule, 'pass', {
    because: 'the repository shows it',
    evidence: [at(`deploy/base/${rule.split('/')[1]}.yaml:${index + 3}`)],
  }),
);

const TRUSTED: readonly Finding[] = [
  'ownership/support-channels',
  'dependencies/partner-contacts',
  'data/rpo-agreed',
].map((rule) =>
  finding(rule, 'trust', {
    because: 'the manifest says so; nothing in the repository confirms it',
    claim: at('gonogo.yaml:18:3'),
  }),
);

const SKIPPED = finding('data/queue-dead-letters', 'skip', {
  because: 'the manifest says so: the service reads no queue',
});

const LOOKED: readonly Looked[] = [
  {
    kind: 'kubernetes',
    files: 14,
    note: '14 files, 9 objects',
    unread: ['deployment', 'servicemonitor', 'hpa', 'pdb'].map((name) => ({
      at: at(`charts/payments/templates/${name}.yaml:1`),
      reason: 'template',
      detail: 'Helm templates are not rendered',
    })),
    delegated: [],
  },
  {
    kind: 'workflows',
    files: 3,
    note: '3 workflows',
    unread: [
      { at: at('charts/payments/templates/hpa.yaml:1'), reason: 'template', detail: 'Helm templates are not rendered' },
    ],
    delegated: [
      { at: at('.github/workflows/release.yml:19:11'), to: 'lumenpay/workflows/.github/workflows/release.yml@v3' },
    ],
  },
  {
    kind: 'history',
    files: 0,
    note: 'a shallow clone of 1 commit',
    unread: [
      {
        at: { path: '.git/shallow' },
        reason: 'shallow',
        detail: 'the clone holds one commit; fetch the whole history',
      },
    ],
    delegated: [],
  },
];

const REST = { later: ['operations/consumers-migrated', 'operations/data-archived'], looked: LOOKED };

/** Several blocking rules, one waiver, warnings, things unread: what a team sees the first time. */
export function noGo(): Report {
  return report([service([...MET, ...BLOCKING, WAIVED, ...WARNINGS, ...TRUSTED, SKIPPED], {}, REST)]);
}

/** Nothing blocks but what somebody accepted. */
export function conditional(): Report {
  return report([service([...MET, WAIVED, ...TRUSTED, SKIPPED])], {
    repo: { name: 'lumenpay/payments', commit: '4f2a9c1d0e8b7a6f', dirty: false },
  });
}

/** Everything is met; tier and stage were assumed, and there is no manifest. */
export function go(): Report {
  const { manifest: _, ...rest } = service([...MET, ...TRUSTED], {
    name: 'rates-cache',
    tier: 3,
    profile: 'balanced',
    assumed: ['tier', 'stage', 'profile'],
  });
  const { owner: __, ...nobody } = rest.service;
  return report([{ ...rest, service: nobody }], { repo: { name: 'rates-cache' } });
}

/** A monorepo with one service of each verdict, and a check that threw. */
export function several(): Report {
  const services = [
    service(MET.slice(0, 6), { name: 'rates-cache', dir: 'services/rates-cache', tier: 3, owner: 'team-fx' }),
    service([...MET, ...BLOCKING.slice(1, 3), ...WARNINGS], { dir: 'services/payments' }),
    service([...MET.slice(0, 4), WAIVED], { name: 'ledger', dir: 'services/ledger', tier: 2, owner: 'team-ledger' }),
  ];
  return report(services, {
    repo: { name: 'lumenpay/platform', commit: '4f2a9c1d0e8b7a6f' },
    notes: ['the check of release/sbom-published failed: unexpected end of input. This is a fault of gonogo.'],
  });
}

/** A service that no rule applies to. */
export function nothingJudged(): Report {
  return report([service([])]);
}
