/** Assesses whether each objective was met over its last window, by the numbers of the Prometheus that the operator lets be asked. */
import type { Measured } from '../../evidence/live/objectives.ts';
import { attainment } from '../../live/attainment.ts';
import type { Problem } from '../../model.ts';
import { percent, plain, reaches } from '../arithmetic.ts';
import { assessed, defineCheck, notApplicable } from '../define.ts';
import { answerOf, instant, whom } from '../live-scope.ts';
import { isAnothers } from '../whose.ts';
import { shortened } from '../words.ts';

export const check = defineCheck({
  summary:
    "Only with `--live`. Asks Prometheus for the share of good events over each objective's window: by `slos[].query` of the manifest, or by the queries of Sloth, Pyrra and OpenSLO as far as they say in PromQL what is counted over the whole window. The same query is asked for the beginning of the window: without data from then, the numbers cover only a part of it, and do not show that the objective was met. A window without a single error in the metrics is not believed either, because a query that matches nothing looks the same.",
  needs: ['slos', 'live'],
  params: {},
  assess({ service, claims, evidence }) {
    const answer = answerOf(evidence.live.facts, 'prometheus', 'objectives');
    if ('standing' in answer) return answer;
    const { run, target, value: measured } = answer;
    const known = evidence.slos.facts.names;
    const own = measured.filter((it) => !isAnothers(it.service ? [it.service] : [], { service, claims, known }));
    if (own.length === 0) return notApplicable('there is no objective of this service to measure');
    const server = whom(target);
    const opinions = own.map((objective) => opinionOn(objective, server));
    const said = shortened(
      opinions.map(({ say }) => say),
      8,
    );
    const because = `${instant(run.at)}, ${server}: ${said}`;
    const grounds = { evidence: own.map(({ at }) => at), problems: opinions.flatMap(({ problem }) => problem ?? []) };
    if (grounds.problems.length > 0) return assessed('contradicted', because, grounds);
    return assessed(opinions.every(({ met }) => met) ? 'verified' : 'unknown', because, grounds);
  },
});

interface Opinion {
  readonly say: string;
  readonly met: boolean;
  readonly problem?: Problem;
}

function opinionOn(objective: Measured, server: string): Opinion {
  const { name, target, window = '', part, total, before, at } = objective;
  const readings = [total, part, before];
  const trouble = readings.find((it) => it && 'trouble' in it);
  if (!part) return open(`${name} is not measured: nothing says in PromQL what is counted over its window`);
  if (trouble && 'trouble' in trouble) return open(`${name}: ${trouble.trouble}`);
  const [value, all, early] = [part, total, before].map((it) => (it && 'value' in it ? it.value : undefined));
  if (all === null || (total === undefined && value === null)) {
    const message = `the metric of ${name} is not there: its query gives nothing over ${window}`;
    return {
      say: `${name} has no metric`,
      met: false,
      problem: { message, at, fix: `Correct the query, or see why ${server} does not scrape it.`, subject: name },
    };
  }
  if (value === null || value === undefined)
    return open(
      `${name}: no series counts its ${objective.of === 'errors' ? 'errors' : 'good events'}, which is so without any, and also where the query matches nothing`,
    );
  const share = attainment(objective, value, all);
  if (share === undefined)
    return open(`${name}: ${plain(value)}${all === undefined ? '' : ` of ${plain(all)}`} is no share of events`);
  const sum = `${name} ${percent(share, target)} over ${window}, objective ${percent(target, share)}`;
  if (!reaches(share, target)) {
    const message = `${name} was not met: ${percent(share, target)} over the last ${window}, below ${percent(target, share)}`;
    return {
      say: sum,
      met: false,
      problem: { message, at, fix: 'Spend no more of the error budget: reliability work comes first.', subject: name },
    };
  }
  return early === null
    ? open(`${sum}, but the data does not reach back to the window's beginning`)
    : { say: sum, met: true };
}

function open(say: string): Opinion {
  return { say, met: false };
}
