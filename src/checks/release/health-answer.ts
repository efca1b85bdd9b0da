/** What one health endpoint answered, held against what its server says to anything. Pure. */
import type { Endpoint } from '../../evidence/live.ts';
import type { Answered } from '../../live/live.ts';
import type { Problem } from '../../model.ts';

/** Whether it answers well, and not only as its server answers anything. */
export function isGood({ heard, nowhere }: Endpoint): boolean {
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

/** What it answered that it should not. */
export function failed({ target, heard }: Endpoint): readonly Problem[] {
  if ('trouble' in heard || isOk(heard.value) || isRefusal(heard.value)) return [];
  const { status } = heard.value;
  const message = `${target.what} at ${target.address} answered ${status}`;
  const fix =
    status === 404
      ? 'Serve it, or name the path that is served.'
      : 'See what the service waits for; it takes no requests like this.';
  return [{ message, fix, subject: target.what }];
}

/** One endpoint cannot answer two questions. */
export function oneAddress(ready: Endpoint | undefined, alive: Endpoint | undefined): readonly Problem[] {
  if (!ready || ready.target.address !== alive?.target.address) return [];
  const message = `ready and alive are one address, ${ready.target.address}: what makes it not ready gets it restarted`;
  return [{ message, fix: 'Give them an endpoint each.', subject: 'one address' }];
}

/** What it answered, in words. */
export function said({ target, heard, nowhere }: Endpoint): string {
  if ('trouble' in heard) return `${target.what}: ${heard.trouble}`;
  const { status } = heard.value;
  const answered = `${target.what} at ${target.address} answered ${status}`;
  if (isRefusal(heard.value)) return `${answered}, which refuses to say`;
  if (!isOk(heard.value) || !nowhere) return answered;
  if ('trouble' in nowhere) return `${answered}, and what it says to any other path is not known: ${nowhere.trouble}`;
  const alike = isAlike(heard.value, nowhere.value) ? ', but so did a path that nobody serves' : '';
  return `${answered}${alike}`;
}
