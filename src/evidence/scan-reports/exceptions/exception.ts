/** An agreed exception for a known vulnerability, wherever it is written down, and which one covers a given vulnerability. Pure. */
import type { Place } from '../../../model.ts';

/** One exception; what is absent was not written down. */
export interface Exception {
  /** An advisory's id; `*` for whatever is wrong with the package; else the words of a rule that names neither. */
  readonly id: string;
  /** Limits it to one package. */
  readonly package?: string;
  /** Limits it to one version of that. */
  readonly version?: string;
  readonly reason?: string;
  readonly owner?: string;
  /** ISO day, the last on which it holds. */
  readonly until?: string;
  /** An end is written that is no date, as written. */
  readonly unclearUntil?: string;
  /** ISO day on which it was written, where its format says so. */
  readonly dated?: string;
  /** The kind of file, e.g. `osv-scanner.toml`. */
  readonly from: string;
  readonly at: Place;
}

/** The same before its file is known. */
export interface Noted extends Omit<Exception, 'at' | 'from'> {
  /** From 1. */
  readonly line: number;
}

/** What one file comes to. */
export interface NotedExceptions {
  readonly exceptions: readonly Noted[];
  /** Entries that were not understood. */
  readonly left: number;
  /** The file as a whole could not be read: why. */
  readonly broken?: string;
}

/** Whether it is over on a day. One without an end never is; that it has none is for a rule to say. */
export function isOver({ until }: Exception, asOf: string): boolean {
  return until !== undefined && until < asOf;
}

/**
 * The exception that covers a vulnerability of a package on a day: by its id or one of its aliases, or by the package as a whole.
 * Those that are over, whose end cannot be read, or that name another package or version do not. Of several the one that ends last.
 */
export function exceptionFor(
  id: string,
  aliases: readonly string[],
  name: string,
  exceptions: readonly Exception[],
  asOf: string,
  version?: string,
): Exception | undefined {
  const ids = new Set([id, ...aliases].map((it) => it.toLowerCase()));
  return exceptions
    .filter(
      (it) =>
        (it.id === '*' ? it.package === name : ids.has(it.id.toLowerCase()) && concerns(it, name)) &&
        (it.version === undefined || it.version === version) &&
        it.unclearUntil === undefined &&
        !isOver(it, asOf),
    )
    .reduce<Exception | undefined>(
      (best, it) => (best === undefined || endOf(it) > endOf(best) ? it : best),
      undefined,
    );
}

function endOf({ until }: Exception): string {
  return until ?? '9999';
}

/** Names are compared as the loosest registry does, since the id has to be the same, too. */
function concerns({ package: its }: Exception, name: string): boolean {
  return its === undefined || plain(its) === plain(name);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
