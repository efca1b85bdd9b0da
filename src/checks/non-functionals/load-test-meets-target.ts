/** Assesses whether the latest load test met the declared targets at the declared load, with room above the highest load. */
import { milliseconds } from '../../dates.ts';
import type { Claims } from '../../manifest/manifest.ts';
import { claimPlace, placed } from '../claimed.ts';
import { assessed, declared, defineCheck, missing, unknown } from '../define.ts';
import { duration, number } from '../params.ts';
import { together } from '../parts.ts';
import { listed } from '../words.ts';
import { targetsOf } from './dimensions.ts';
import { latestCited, latestRuns, type Run } from './latest-runs.ts';
import { against, ownThresholds } from './load-verdict.ts';
import { measureOf } from './measured.ts';

export const check = defineCheck({
  summary:
    "Takes the load-test results of the latest day (in the file, by `validated[].on`, or in the file's name) and compares p50, p95, p99, requests per second and failed requests with `nfrs`. A target is met only by a run with at least 90 % of the load it has to hold at; requests that failed do not count towards throughput.",
  needs: ['load-results', 'references'],
  params: {
    headroom: number('how many times `throughput.peak` a run has to sustain', 1.5),
    shortest: duration('shortest run that shows anything', '30s'),
  },
  assess(subject) {
    const { claims, evidence, params, at } = subject;
    const { facts, unread } = evidence['load-results'];
    const references = evidence.references.facts;
    const targets = targetsOf(claims.nfrs).filter(
      ({ name, target }) => /^latency_p(50|95|99)$|^throughput$|^error_rate$/.test(name) && measureOf(name, target),
    );
    const runs = latestRuns(claims, facts.results, references);
    const problem = (message: string, fix: string, pointer = '/nfrs') => [
      { message, ...placed(claimPlace(subject, pointer)), fix, subject: 'load-test' },
    ];
    if (targets.length === 0) {
      const found = runs[0]
        ? `${runs[0].result.at.path} is a result of ${runs[0].result.tool}, but there is no target to hold it against`
        : 'there is neither a load-test result nor a target for latency, throughput or errors';
      return missing(
        found,
        problem(
          'how much load is enough has not been said',
          'Add `nfrs.latency_p99: { target, at }` and `nfrs.throughput: { target, peak }`.',
        ),
        { evidence: runs.map(({ result }) => result.at) },
      );
    }
    const lost = latestCited(
      claims,
      unread.map((it) => it.at),
      references,
    );
    if (lost && !runs.some(({ on = '' }) => on > lost.on))
      return unknown(
        `the result of ${lost.on} could not be read: ${unread.find((it) => it.at.path === lost.at.path)?.detail}`,
        { claim: at('/nfrs'), evidence: [lost.at] },
      );
    if (runs.length === 0) {
      const claimed = targets.find(({ nfr }) => (nfr.validated ?? []).length > 0);
      if (claimed)
        return declared(
          `the manifest says that ${claimed.name} was tested on ${claimed.nfr.validated?.[0]?.on}; no result of k6, JMeter, Gatling or autocannon is here to show it`,
          at(`${claimed.pointer}/validated`),
        );
      return missing(
        `no load-test result was found for ${listed(targets.map(({ name }) => name))}`,
        problem(
          'the first load test will be the first busy day',
          'Run a load test at the target, commit its summary, and name it in `validated[].evidence`.',
          targets[0]?.pointer,
        ),
      );
    }
    const trial = {
      runs: runs.map(({ result }) => result),
      nfrs: claims.nfrs ?? {},
      headroom: params.headroom,
      shortest: (milliseconds(params.shortest) ?? 0) / 1000,
      at,
    };
    const outcomes = targets.flatMap((target) => against(target, trial));
    const whole = together(
      outcomes.map(({ part }) => part),
      `${introduced(runs, claims)}: ${outcomes.map(({ text }) => text).join('; ')}${ownThresholds(trial.runs)}`,
      at('/nfrs'),
    );
    const mixed =
      runs.length > 1 &&
      runs.every(({ on }) => on === undefined) &&
      outcomes.some(({ part }) => part.standing === 'contradicted');
    return mixed
      ? assessed('unknown', `${whole.because}; nothing says which of the ${runs.length} results is the latest`, whole)
      : whole;
  },
});

/** "k6 on 2026-05-02 in staging, which is kept like prod". */
function introduced(runs: readonly Run[], claims: Claims): string {
  const [first] = runs;
  const tools = listed([...new Set(runs.map(({ result }) => result.tool))]);
  const when = first?.on === undefined ? 'on an unknown day' : `on ${first.on}`;
  const places = [...new Set(runs.flatMap(({ env }) => env ?? []))];
  return `${tools} ${when}${places.length > 0 ? ` in ${listed(places.map((env) => likeness(env, claims)))}` : ''}`;
}

/** How an environment compares with production, as far as the manifest says. */
function likeness(env: string, { environments = [] }: Claims): string {
  const parity = environments.find(({ id }) => id === env)?.parity;
  if (parity) return `${env}, which is kept like ${parity}`;
  return /^(prod|production|live)/i.test(env) ? env : `${env} (nothing says how it compares with production)`;
}
