/** A server's advisories over those on disk: what may be asked is asked, and where no answer comes the disk has the word. */
import type { Advisory, AdvisorySource, DataState, PackageQuery } from '../advisories/advisory.ts';
import { malwareState } from '../advisories/data-states.ts';
import type { Merged } from '../advisories/merged.ts';
import { comparedName, SERVED } from '../advisories/package-name.ts';
import type { Ecosystem } from '../versions/order.ts';
import { OnlineError } from './online-error.ts';

/** What the source is made of. */
export interface OnlineParts {
  /** Asks the server; rejects with an OnlineError. */
  ask(ecosystem: Ecosystem, names: readonly string[]): Promise<Merged>;
  /** Whom is asked, for a person. */
  readonly server: string;
  readonly store: AdvisorySource;
  /** Marks what is known to be exploited. */
  flagged(advisory: Advisory): Advisory;
  /** Whether a name may leave this machine; by default only one that the lockfile shows to be public. */
  maySend?(ecosystem: Ecosystem, query: PackageQuery): boolean;
  /** ISO instant. */
  readonly now: string;
}

type Answers = ReadonlyMap<string, readonly Advisory[]>;

/** The source. An empty answer on an ecosystem that the server does not serve proves nothing, so it is not even asked. */
export function onlineSource(parts: OnlineParts): AdvisorySource {
  const { store, server, now, flagged, maySend = (_, query) => query.public === true } = parts;
  const answered = new Map<Ecosystem, number>();
  /** Ecosystems of which the disk answered for some packages: then all of it is only as fresh as the disk. */
  const mixed = new Set<string>();
  const unanswered = new Map<Ecosystem, Set<string>>();
  const troubles = new Set<string>();
  async function asked(ecosystem: Ecosystem, names: readonly string[]): Promise<Answers | undefined> {
    try {
      const merged = await parts.ask(ecosystem, names);
      answered.set(ecosystem, (answered.get(ecosystem) ?? 0) + merged.records);
      for (const trouble of merged.troubles) troubles.add(trouble);
      return byAskedName(ecosystem, names, merged);
    } catch (error) {
      if (!(error instanceof OnlineError)) throw error;
      troubles.add(error.message);
      return undefined;
    }
  }
  return {
    get states() {
      const online = [...answered]
        .filter(([ecosystem]) => !mixed.has(ecosystem))
        // The server tells of malicious packages as of any other flaw.
        .flatMap(([ecosystem, records]) => [ecosystem, malwareState(ecosystem)].map((its) => ({ its, records })))
        .map(({ its, records }): DataState => ({ ecosystem: its, asOf: now, records, from: server }));
      return [...online, ...store.states.filter(({ ecosystem }) => !online.some((it) => it.ecosystem === ecosystem))];
    },
    get troubles() {
      return [...troubles, ...store.troubles];
    },
    unanswered: (ecosystem) => unanswered.get(ecosystem) ?? new Set(),
    lookup: async (ecosystem, packages) => {
      const local = await store.lookup(ecosystem, packages);
      const open = store.unanswered?.(ecosystem) ?? new Set<string>();
      const sendable = SERVED.includes(ecosystem) ? packages.filter((query) => maySend(ecosystem, query)) : [];
      const names = [...new Set(sendable.map(({ name }) => name))];
      const online = names.length === 0 ? undefined : await asked(ecosystem, names);
      if (!online && !local) return undefined;
      const known = new Set(online ? names : []);
      const others = packages.map(({ name }) => name).filter((name) => !known.has(name));
      if (local && others.length > 0) mixed.add(ecosystem);
      const left = others.filter((name) => !local || open.has(name));
      unanswered.set(ecosystem, new Set([...(unanswered.get(ecosystem) ?? []), ...left]));
      return united(local ?? new Map(), online ?? new Map(), known, flagged);
    },
  };
}

/** The server's answers by the names as they were asked for. */
function byAskedName(ecosystem: Ecosystem, names: readonly string[], { byPackage }: Merged): Answers {
  return new Map(
    names.flatMap((name) => {
      const found = byPackage.get(comparedName(ecosystem, name));
      return found ? [[name, found] as const] : [];
    }),
  );
}

/** For names that the server answered its word counts; of the disk's, only what it says to be malicious stays beside it. */
function united(
  local: Answers,
  online: Answers,
  known: ReadonlySet<string>,
  flagged: (advisory: Advisory) => Advisory,
): Answers {
  const all = new Map(local);
  for (const name of known) {
    const malicious = (local.get(name) ?? []).filter(({ flags }) => flags.includes('malicious'));
    const found = [...(online.get(name) ?? []).map(flagged), ...malicious];
    if (found.length > 0) all.set(name, found);
    else all.delete(name);
  }
  return all;
}
