/** Assesses whether the latest load test met the declared targets at the declared load, with room above the highest load. */
import { milliseconds } from '../../dates.ts';
import type { Assessment, Place } from '../../model.ts';
import { claimPlace, placed } from '../claimed.ts';
import { assessed, declared, defineCheck, missing, unknown } from '../define.ts';
import { duration, number } from '../params.ts';
import { together } from '../parts.ts';
import { listed } from '../words.ts';
import { type Target, targetsOf } from './dimensions.ts';
import { introduced, latestRuns, latestUnread, type Run } from './latest-runs.ts';
import { against, ownThresholds } from './load-verdict.ts';
import { measureOf } from './measured.ts';

const MEASURED = /^latency_p(50|95|99)$|^throughput$|^error_rate$/;

export const check = defineCheck({
  summary:
    "Takes the load-test results of the latest day (in the file, by `validated[].on`, or in the file's name) and compares p50, p95, p99, requests per second and failed requests with `nfrs`. A target is met only by a run with at least 90 % of the load it has to hold at and with ten requests beyond the percentile; requests that failed do not count towards throughput.",
  needs: ['load-results', 'references'],
  params: {
    headroom: number('how many times `throughput.peak` a run has to sustain', 1.5),
    shortest: duration('shortest run that shows anything', '30s'),
  },
  assess(subject) {
    const { claims, evidence, params, at } = subject;
    const { facts, unread } = evidence['load-results'];
    const references = evidence.references.facts;
    const targets = targetsOf(claims.nfrs).filter(({ name, target }) => MEASURED.test(name) && measureOf(name, target));
    const runs = latestRuns(claims, facts.results, references);
    if (targets.length === 0) {
      const message = 'how much load is enough has not been said';
      const fix = 'Add `nfrs.latency_p99: { target, at }` and `nfrs.throughput: { target, peak }`.';
      const problem = { message, ...placed(claimPlace(subject, '/nfrs')), fix, subject: 'load-test' };
      return missing(untargeted(runs), [problem], { evidence: runs.map(({ result }) => result.at) });
    }
    const lost = latestUnread(claims, unread, references);
    if (lost && !runs.some(({ on = '' }) => on > lost.on)) {
      const because = `the result of ${lost.on} could not be read: ${lost.detail}`;
      return unknown(because, { claim: at('/nfrs'), evidence: [lost.at] });
    }
    if (runs.length === 0) return withoutRuns(targets, at);
    const shortest = (milliseconds(params.shortest) ?? 0) / 1000;
    const results = runs.map(({ result }) => result);
    const trial = { runs: results, nfrs: claims.nfrs ?? {}, headroom: params.headroom, shortest, at };
    const outcomes = targets.flatMap((target) => against(target, trial) ?? []);
    const texts = outcomes.map(({ text }) => text).join('; ');
    const because = `${introduced(runs, claims)}: ${texts}${ownThresholds(results)}`;
    const parts = outcomes.map(({ part }) => part);
    const whole = together(parts, because, at('/nfrs'));
    const mixed = runs.length > 1 && runs.every(({ on }) => on === undefined) && whole.standing === 'contradicted';
    if (!mixed) return whole;
    return assessed('unknown', `${because}; nothing says which of the ${runs.length} results is the latest`, whole);
  },
});

/** A test that is only spoken of is declared; none at all is missing. */
function withoutRuns(targets: readonly Target[], at: (pointer: string) => Place): Assessment {
  const claimed = targets.find(({ nfr }) => (nfr.validated ?? []).length > 0);
  if (claimed) {
    const on = claimed.nfr.validated?.[0]?.on;
    const because = `the manifest says that ${claimed.name} was tested on ${on}; no result of k6, JMeter, Gatling or autocannon is here to show it`;
    return declared(because, at(`${claimed.pointer}/validated`));
  }
  const names = listed(targets.map(({ name }) => name));
  const message = 'the first load test will be the first busy day';
  const fix = 'Run a load test at the target, commit its summary, and name it in `validated[].evidence`.';
  const problem = { message, at: at(targets[0]?.pointer ?? '/nfrs'), fix, subject: 'load-test' };
  return missing(`no load-test result was found for ${names}`, [problem]);
}

function untargeted([run]: readonly Run[]): string {
  if (!run) return 'there is neither a load-test result nor a target for latency, throughput or errors';
  return `${run.result.at.path} is a result of ${run.result.tool}, but there is no target to hold it against`;
}
