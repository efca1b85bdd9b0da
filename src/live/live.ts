/** What may be asked of running systems, and how an answer is told. Types and names; asks nobody. */

import type { LiveRequest } from '../model.ts';

/** What is asked: two health endpoints, the monitoring, and who is on call. */
export const WHATS = [
  'ready',
  'alive',
  'prometheus',
  'alertmanager',
  'pagerduty',
  'opsgenie',
] as const satisfies readonly LiveRequest['what'][];

/** One of them. */
export type What = LiveRequest['what'];

/** Whom to ask. */
export interface Target {
  readonly what: What;
  /** An address without a slash at its end; for PagerDuty and Opsgenie the schedule's id or name. */
  readonly address: string;
  /** Credentials are only for addresses that the operator named, or that the program knows. */
  readonly namedBy: LiveRequest['namedBy'];
}

/** An answer, or one sentence on why there is none. */
export type Heard<T> = { readonly value: T } | { readonly trouble: string };

/** What an endpoint answered. */
export interface Answered {
  readonly status: number;
  /** Media type, in lower case; empty where the server names none. */
  readonly type: string;
  /** Digest of what it said, to tell two answers apart. */
  readonly digest: string;
}

/** Asks running systems: there only where the operator said `--live`. */
export interface LiveSource {
  /** ISO instant of the run. */
  readonly now: string;
  /** Addresses by what they are for, as the operator named them. */
  readonly named: Readonly<Partial<Record<What, string>>>;
  /** Whether the operator let the addresses that the manifest names be asked as well. */
  readonly manifestToo: boolean;
  /** What was sent so far. */
  readonly sent: readonly LiveRequest[];
  /** What the target's address answers to a GET, whatever the status; `path` in place of the address's own. */
  answered(target: Target, path?: string): Promise<Heard<Answered>>;
  /** JSON below the target's address, e.g. `/api/v1/rules`, with a query. */
  json(target: Target, path: string, query?: Readonly<Record<string, string>>): Promise<Heard<unknown>>;
}

/** The answer as something else; what cannot be read (undefined) is trouble in these words. */
export function readAs<T>(heard: Heard<unknown>, read: (value: unknown) => T | undefined, otherwise: string): Heard<T> {
  if ('trouble' in heard) return heard;
  const value = read(heard.value);
  return value === undefined ? { trouble: otherwise } : { value };
}
