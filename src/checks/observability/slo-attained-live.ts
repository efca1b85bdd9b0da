/** Assesses whether each objective was met over its last window, by the numbers of the Prometheus that the operator lets be asked. */
import { assessed, defineCheck, notApplicable } from '../define.ts';
import { answerOf, instant, whom } from '../live-scope.ts';
import { isAnothers } from '../whose.ts';
import { shortened } from '../words.ts';
import { opinionOn } from './attained.ts';

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
