/** What an adapter of a registry is: which address to ask, and how to read the answer. Reading is pure and never throws. */
import type { Release } from '../../releases/release.ts';
import type { Ecosystem } from '../../versions/order.ts';

/** An answer as it came. */
export interface Answered {
  readonly text: string;
  readonly headers: ReadonlyMap<string, string>;
}

/** What an answer says; `more` are addresses below the registry's own that hold the rest. */
export interface Page {
  readonly releases: readonly Release[];
  readonly more?: readonly string[];
}

/** One registry's way to tell releases. */
export interface Registry {
  readonly ecosystem: Ecosystem;
  /** Address of a package below the registry's, with a slash at its start; undefined for a name that no package can have. */
  path(name: string): string | undefined;
  /** Undefined where it is no answer to what was asked. */
  read(answer: Answered, name: string): Page | undefined;
  /** Address that tells when one version was released, where the list does not; asked for the newest few. */
  dayPath?(name: string, version: string): string;
  /** ISO day in the answer to that. */
  readDay?(answer: Answered): string | undefined;
}

/** ISO day of an instant; undefined for what is none. */
export function dayOf(instant: unknown): string | undefined {
  if (typeof instant !== 'string' || instant.length > 64) return undefined;
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return undefined;
  const date = new Date(time);
  const year = date.getUTCFullYear();
  return year >= 1990 && year <= 9999 ? date.toISOString().slice(0, 10) : undefined;
}

/** JSON, or undefined. */
export function jsonIn({ text }: Pick<Answered, 'text'>): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Releases of one package that are read. */
export const MOST_RELEASES = 20_000;

/** The longest version that is read. */
export const LONGEST_VERSION = 200;
