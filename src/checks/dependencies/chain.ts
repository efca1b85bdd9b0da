/** The links of the chain that a caller waits for: how long each may take, and where its numbers are shown. */
import { milliseconds } from '../../dates.ts';
import type { Facts } from '../../evidence/claimed-numbers.ts';
import type { Dependency } from '../../generated/service.ts';
import type { Place } from '../../model.ts';
import { duration, worstWait } from '../arithmetic.ts';
import type { Listed } from './listed.ts';
import { numbersFor, type Showing, showingRetries, showingTime } from './shown.ts';

/** The longest wait for one dependency. */
export interface Link {
  readonly id: string;
  /** Milliseconds over all tries. */
  readonly total: number;
  /** `(300ms + 900ms) × 2`. */
  readonly text: string;
}

/** Whether a caller is kept waiting by a dependency. */
export function isWaitedFor({
  criticality,
  async: asynchronous,
  kind,
}: Readonly<Pick<Dependency, 'criticality' | 'async' | 'kind'>>): boolean {
  return criticality !== 'soft' && !asynchronous && kind !== 'file';
}

/** The numbers of a dependency that say how long it may take. */
interface Waited {
  readonly id: string;
  readonly timeout?: { readonly connect?: string; readonly request?: string };
  readonly retry?: { readonly max?: number };
}

/** Undefined where nothing bounds the request. */
export function linkOf({ id, timeout, retry }: Waited): Link | undefined {
  const request = milliseconds(timeout?.request ?? '');
  if (request === undefined) return undefined;
  const connect = milliseconds(timeout?.connect ?? '');
  const retries = retry?.max ?? 0;
  const times = connect === undefined ? duration(request) : `(${duration(connect)} + ${duration(request)})`;
  const text = retries === 0 ? times : `${times} × ${retries + 1}`;
  return { id, total: worstWait(request + (connect ?? 0), retries), text };
}

/** Where the numbers of a sum are shown, and whether all of them are. */
export interface ShownSum {
  readonly complete: boolean;
  readonly places: readonly Place[];
}

/** Looks up the service's own timeout and every number of the links; `all` are the ids of all dependencies. */
export function shownSum(links: readonly Listed[], own: string, facts: Facts, all: readonly string[]): ShownSum {
  const ownShowing = showingTime(numbersFor(facts, ['/timeout/evidence'], '', []), 'request', own);
  const showings = [ownShowing, ...links.flatMap((link) => showingsOf(link, facts, all))];
  return {
    complete: showings.every(({ state }) => state === 'shown'),
    places: showings.flatMap((it) => (it.state === 'shown' ? [it.at] : [])),
  };
}

function showingsOf(
  { dependency: { id, timeout, retry }, pointer }: Listed,
  facts: Facts,
  all: readonly string[],
): readonly Showing[] {
  const general = [`${pointer}/timeout/evidence`, `${pointer}/evidence`];
  const times = numbersFor(facts, general, id, all);
  const tries = numbersFor(facts, [`${pointer}/retry/evidence`, ...general], id, all);
  return [
    ...(timeout?.connect ? [showingTime(times, 'connect', timeout.connect)] : []),
    showingTime(times, 'request', timeout?.request ?? ''),
    showingRetries(tries, retry?.max ?? 0),
  ];
}
