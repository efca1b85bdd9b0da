/** Reports with what is different from something earlier, for the reporters' tests. */
import { compareBaseline } from '../../src/compare/baseline.ts';
import { baselineOf } from '../../src/compare/baseline-file.ts';
import { compareReports } from '../../src/compare/compare.ts';
import type { Against, Report } from '../../src/model.ts';
import * as sample from './sample-report.ts';

const MAIN: Against = { what: 'commit', name: 'main', commit: '9d0c1b2a3f4e5d6c7b8a9f0e1d2c3b4a5f6e7d8c' };

function since(before: Report, after: Report): Report {
  return { ...after, change: compareReports(before, after, MAIN) };
}

/** Two rules that block got worse, one of them new; one only warns; one got better; a waiver came; the tier was lowered. */
export function worse(): Report {
  const after = sample.noGo();
  const findings = (after.services[0]?.findings ?? []).map((it) => {
    if (it.rule === 'runbooks/alert-links-runbook') return { ...it, problems: it.problems.slice(0, 5) };
    if (it.rule === 'dependencies/timeout-evidenced' || it.rule === 'runbooks/runbook-fresh')
      return sample.finding(it.rule, 'pass');
    if (it.rule === 'resilience/multi-zone') {
      const { waiver: _, ...open } = it;
      return { ...open, ruling: 'fail' as const, problems: it.problems.map((each) => ({ ...each, waived: false })) };
    }
    return it.rule === 'data/backup-configured' ? sample.finding(it.rule, 'fail') : it;
  });
  return since(sample.report([sample.service(findings, { tier: 2 })]), after);
}

/** Nothing changed, and much is unmet. */
export function none(): Report {
  return since(sample.noGo(), sample.noGo());
}

/** A monorepo: a service is new, one is gone, a severity fell, and one is as it was. */
export function several(): Report {
  const failing = sample.finding('data/restore-tested', 'fail', { severity: 'critical' });
  const eased = sample.finding('data/restore-tested', 'warn', { severity: 'standard' });
  const of = (name: string, finding = failing) => sample.service([finding], { name, dir: `services/${name}` });
  return since(
    sample.report([of('ledger'), of('wallet'), of('rates')]),
    sample.report([of('ledger', eased), of('rates'), of('cards')]),
  );
}

/** A problem that the baseline does not hold, and one of its entries that is fixed. */
export function baseline(): Report {
  const [before, after] = [
    ['one', 'two'],
    ['one', 'three'],
  ].map((words) =>
    sample.report([
      sample.service([
        sample.finding('runbooks/alert-links-runbook', 'fail', {
          problems: words.map((it, index) =>
            sample.problem(`ops/alerts.yaml:${index + 3}`, `alert ${it} links no page`, {
              fingerprint: `${index}${it.length}00000000aa`,
            }),
          ),
        }),
      ]),
    ]),
  );
  if (!before || !after) throw new Error('two reports');
  const against: Against = { what: 'baseline', name: 'gonogo.baseline.json' };
  return { ...after, change: compareBaseline(baselineOf(before), after, against, new Set(['ops/alerts.yaml'])) };
}
