/** A report that says what is different from something earlier, for the reporters' tests. */
import type { Change, Report, RuleChange } from '../../src/model.ts';
import { noGo, problem } from './sample-report.ts';

function ruleChange(
  rule: string,
  direction: RuleChange['direction'],
  answers: Pick<RuleChange, 'before' | 'after'>,
  more: Partial<RuleChange> = {},
): RuleChange {
  return {
    rule,
    statement: 'The service meets the rule.',
    severity: 'major',
    direction,
    blocks: false,
    appeared: [],
    gone: [],
    ...answers,
    ...more,
  };
}

/** Against a commit: two rules worse, of which one blocks, one better, one both ways, one no longer judged. */
export function sampleChange(report: Report): Change {
  const rules = [
    ruleChange(
      'runbooks/alert-links-runbook',
      'worse',
      { before: { standing: 'verified', ruling: 'pass' }, after: { standing: 'contradicted', ruling: 'fail' } },
      {
        severity: 'critical',
        statement: 'Every alert that wakes someone links a runbook.',
        blocks: true,
        appeared: [
          problem('ops/alerts/payments.yaml:41:11', 'PaymentsLatencyHigh links docs/latency.md, which does not exist'),
        ],
      },
    ),
    ruleChange('runbooks/runbook-fresh', 'worse', {
      before: { standing: 'verified', ruling: 'pass' },
      after: { standing: 'stale', ruling: 'warn' },
    }),
    ruleChange(
      'ownership/codeowners-entries-live',
      'mixed',
      { before: { standing: 'contradicted', ruling: 'warn' }, after: { standing: 'contradicted', ruling: 'warn' } },
      {
        appeared: [problem('.github/CODEOWNERS:7', '/services/wallet/ matches nothing')],
        gone: [problem('.github/CODEOWNERS:4', '/web/ matches nothing')],
      },
    ),
    ruleChange('resilience/min-replicas', 'better', {
      before: { standing: 'missing', ruling: 'fail' },
      after: { standing: 'verified', ruling: 'pass' },
    }),
    ruleChange('data/queue-dead-letters', 'neither', { before: { standing: 'verified', ruling: 'pass' } }),
  ];
  return {
    against: { what: 'commit', name: 'origin/main', commit: 'b7d1f0a2c3e4958671a2b3c4d5e6f708192a3b4c' },
    passes: false,
    worse: 2,
    better: 1,
    services: report.services.map(({ service, verdict, score }) => ({
      service: service.name,
      dir: service.dir,
      before: { verdict: 'GO', score },
      after: { verdict, score },
      rules,
      remaining: 3,
    })),
  };
}

/** What a team sees on a pull request that breaks something. */
export function changed(): Report {
  const report = noGo();
  return { ...report, change: sampleChange(report) };
}
