/** Assesses whether the health endpoints that the operator lets be asked answer, each for itself. */
import type { Endpoint } from '../../evidence/live.ts';
import type { Answered } from '../../live/live.ts';
import type { Problem } from '../../model.ts';
import { contradicted, defineCheck, unknown, verified } from '../define.ts';
import { instant, notAsked } from '../live-scope.ts';
import { listed } from '../words.ts';

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

/** Whether it answers well, and not only as its server answers anything. */
function isGood({ heard, nowhere }: Endpoint): boolean {
  return (
    'value' in heard &&
    isOk(heard.value) &&
    nowhere !== undefined &&
    'value' in nowhere &&
    !isAlike(heard.value, nowhere.value)
  );
}

function isOk({ status }: Answered): boolean {
  return status >= 200 && status < 300;
}

function isAlike(answer: Answered, nowhere: Answered): boolean {
  return isOk(nowhere) && (answer.digest === nowhere.digest || answer.type === nowhere.type);
}

/** A refusal to say is no answer to the question. */
function isRefusal({ status }: Answered): boolean {
  return status === 401 || status === 403 || status === 429;
}

function failed({ target, heard }: Endpoint): readonly Problem[] {
  if ('trouble' in heard || isOk(heard.value) || isRefusal(heard.value)) return [];
  const { status } = heard.value;
  const message = `${target.what} at ${target.address} answered ${status}`;
  const fix =
    status === 404
      ? 'Serve it, or name the path that is served.'
      : 'See what the service waits for; it takes no requests like this.';
  return [{ message, fix, subject: target.what }];
}

function oneAddress(ready: Endpoint | undefined, alive: Endpoint | undefined): readonly Problem[] {
  if (!ready || ready.target.address !== alive?.target.address) return [];
  const message = `ready and alive are one address, ${ready.target.address}: what makes it not ready gets it restarted`;
  return [{ message, fix: 'Give them an endpoint each.', subject: 'one address' }];
}

function said({ target, heard, nowhere }: Endpoint): string {
  if ('trouble' in heard) return `${target.what}: ${heard.trouble}`;
  const { status } = heard.value;
  const answered = `${target.what} at ${target.address} answered ${status}`;
  if (isRefusal(heard.value)) return `${answered}, which refuses to say`;
  if (!isOk(heard.value) || !nowhere) return answered;
  if ('trouble' in nowhere) return `${answered}, and what it says to any other path is not known: ${nowhere.trouble}`;
  const alike = isAlike(heard.value, nowhere.value) ? ', but so did a path that nobody serves' : '';
  return `${answered}${alike}`;
}
