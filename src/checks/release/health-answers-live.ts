/** Assesses whether the health endpoints that the operator lets be asked answer, each for itself. */
import { contradicted, defineCheck, unknown, verified } from '../define.ts';
import { instant, notAsked } from '../live-scope.ts';
import { listed } from '../words.ts';
import { failed, isGood, oneAddress, said } from './health-answer.ts';

export const check = defineCheck({
  summary:
    'Only with `--live`. Sends one GET to the endpoint that says whether the service is ready, one to the endpoint that says whether it is alive, and one to a path that nobody serves: a server that answers that path in the same way answers everything alike, and shows nothing. Both endpoints have to answer with a status of 200 to 299, at different addresses.',
  needs: ['live'],
  params: {},
  assess({ evidence }) {
    const { run } = evidence.live.facts;
    const [ready, alive] = [run?.ready, run?.alive];
    if (!run || (!ready && !alive)) return notAsked(evidence.live.facts, ['ready', 'alive']);
    const asked = [ready, alive].flatMap((it) => it ?? []);
    const problems = [...asked.flatMap(failed), ...oneAddress(ready, alive)];
    const because = `${instant(run.at)}: ${asked.map(said).join('; ')}`;
    if (problems.length > 0) return contradicted(because, problems);
    if (asked.some((it) => !isGood(it))) return unknown(because);
    const [only] = asked;
    if (asked.length === 1 && only)
      return unknown(
        `${because}; ${only.target.what === 'ready' ? 'alive' : 'ready'} was not asked, so the two cannot be told apart`,
      );
    return verified(`${because}; ${listed(['ready', 'alive'])} are told apart`, []);
  },
});
