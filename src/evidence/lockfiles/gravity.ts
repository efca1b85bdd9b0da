/** Which of several scopes counts for a package that is needed in several ways. */
import type { LockedPackage } from './locked.ts';

type Scope = LockedPackage['scope'];

/** Gravest first: what production needs is production's, whatever else needs it. */
export const SCOPES: readonly Scope[] = ['production', 'unknown', 'optional', 'development'];

/** The graver of two. */
export function graver(a: Scope, b: Scope): Scope {
  return SCOPES.indexOf(a) <= SCOPES.indexOf(b) ? a : b;
}
