/** When a service's targets had to stand: the first day of beta, as the manifest or its history tells it. */
import type { Facts, ManifestVersion } from '../../evidence/history.ts';
import type { Claims } from '../../manifest/manifest.ts';

/** The manifest's past, as far as it bears on when something was agreed. */
export type Past = Pick<Facts, 'manifest' | 'truncated'>;

/** The past where nobody needs to look at it. */
export const NOT_LOOKED_AT: Past = { manifest: [], truncated: false };

/** A day and how it is known. */
export interface Beginning {
  readonly on: string;
  /** "beta began on 2026-03-01". */
  readonly text: string;
}

const OPEN: readonly string[] = ['beta', 'live', 'sunset'];

/** The day that `stages` names. */
export function namedBeginning({ stages }: Claims): Beginning | undefined {
  const stage = stages?.beta ? 'beta' : 'live';
  const on = stages?.[stage];
  return on ? { on, text: `${stage} began on ${on}` } : undefined;
}

/** The day that `stages` names, else the first commit of the manifest that says beta or later after one that did not. */
export function beginningOfBeta(claims: Claims, history: Past): Beginning | undefined {
  const named = namedBeginning(claims);
  if (named) return named;
  const index = history.manifest.findIndex(isOpen);
  const first = history.manifest[index];
  if (!first || index === 0) return undefined;
  return { on: day(first), text: `the manifest moved to ${first.stage} on ${day(first)}` };
}

/** What the history of the manifest tells about when a target first stood in it. */
export type FirstSeen =
  | { readonly kind: 'on'; readonly on: string; readonly value: string | number }
  /** The history begins too late: the manifest came into git in one piece, or older commits are not at hand. */
  | { readonly kind: 'cannot-tell' }
  | { readonly kind: 'never' };

/** The day of the first commit with a target for a requirement, where git saw the manifest grow. */
export function firstSeen(name: string, { manifest, truncated }: Past): FirstSeen {
  const first = manifest.find(({ targets }) => Object.hasOwn(targets, name));
  if (!first) return { kind: manifest.length === 0 || truncated ? 'cannot-tell' : 'never' };
  const arrivedWhole = first === manifest[0] && (manifest.length === 1 || isOpen(first));
  if (truncated || arrivedWhole) return { kind: 'cannot-tell' };
  return { kind: 'on', on: day(first), value: first.targets[name] ?? '' };
}

function isOpen({ stage }: ManifestVersion): boolean {
  return stage !== undefined && OPEN.includes(stage);
}

function day({ date }: ManifestVersion): string {
  return date.slice(0, 10);
}
