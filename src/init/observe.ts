/** Observes what a repository shows about one service before anybody claims anything. Gathers facts and orders them; writes nothing. */

import type { Sources } from '../evidence/collector.ts';
import { type CollectedKind, gather, type Harvest } from '../evidence/gather.ts';
import type { CatalogEntry } from '../evidence/owners/catalog-readers.ts';
import type { Facts as Owners } from '../evidence/owners.ts';
import { openReading, openSources } from '../evidence/sources.ts';
import { absentManifest } from '../manifest/absent.ts';
import { discoverServices } from '../manifest/discover.ts';
import type { Repo } from '../repo/repo.ts';
import { entriesAbout, entriesFrom } from './catalogue.ts';
import { guessStage, guessTier } from './guesses.ts';
import { descriptionOf, nameOf, oncallOf, ownerOf, spot } from './identity.ts';
import { alertSources, dashboardFiles, keptRunbooks, sloFiles, unseenAlerts } from './kept-files.ts';
import { backingsSeen, dependenciesSeen, storesSeen } from './needs.ts';
import { packagesIn } from './package-names.ts';
import type { Observed } from './propose.ts';
import { fileReference } from './reference.ts';

/** How to observe. */
export interface ObserveOptions {
  /** ISO date that counts as today. */
  readonly asOf: string;
  /** Path, from the repository's root, of the catalogue file to take the identity from. */
  readonly from?: string;
}

const KINDS = [
  'alerts',
  'chart-values',
  'dashboards',
  'owners',
  'runbooks',
  'slos',
  'surroundings',
] as const satisfies readonly CollectedKind[];

const NOBODY: Owners = { ignored: [], files: 0, owned: 0, uncovered: [], approvers: [], catalog: [], registered: [] };

/** What the repository shows about the service in a folder. */
export async function observe(repo: Repo, dir: string, { from }: ObserveOptions): Promise<Observed> {
  const reading = openReading(repo, () => undefined);
  const others = discoverServices(repo, '').manifests.map((it) => it.dir);
  const sources = openSources(reading, absentManifest(dir, []), others);
  const harvest = await gather(KINDS, sources, reading.parsers);
  return summary(harvest, sources, dir.split('/').pop() || repo.name, from);
}

function summary(
  { evidence, failures }: Harvest,
  sources: Sources,
  folder: string,
  from: string | undefined,
): Observed {
  const { dir } = sources.manifest;
  const owners = evidence.owners?.facts ?? NOBODY;
  const packages = packagesIn(sources);
  const hint = nameOf([], packages, folder).value;
  const entries = from === undefined ? entriesAbout(owners, hint, dir) : entriesFrom(from, sources, hint);
  const [description, owner, oncall] = [
    descriptionOf(entries, packages, sources),
    ownerOf(entries, owners, dir),
    oncallOf(entries),
  ];
  const runbooks = keptRunbooks(evidence.runbooks?.facts, dir);
  const environments = evidence.surroundings?.facts.environments ?? [];
  const backings = backingsSeen(
    evidence.surroundings?.facts.backings ?? [],
    evidence['chart-values']?.facts.backings ?? [],
  );
  const slos = sloFiles(evidence.slos?.facts, dir);
  const unseen = unseenAlerts(evidence.alerts);
  const signs = {
    entries,
    alerts: evidence.alerts?.facts,
    unseenAlerts: unseen.length > 0,
    slos: slos.length,
    oncall: oncall !== undefined,
    environments: environments.map(({ id }) => id),
  };
  const name = nameOf(entries, packages, folder);
  return {
    name,
    ...(description && { description }),
    tier: guessTier(signs),
    stage: guessStage(signs),
    ...(owner && { owner }),
    ...(oncall && { oncall }),
    environments: environments.map(({ id, at }) => ({ value: id, from: spot(at) })),
    alerts: alertSources(evidence.alerts?.facts, sources),
    unseenAlerts: unseen,
    ...(runbooks && { runbooks }),
    slos,
    dashboards: dashboardFiles(evidence.dashboards?.facts, dir),
    dependencies: dependenciesSeen(backings, entries, name.value),
    stores: storesSeen(backings),
    catalogues: cataloguesOf(entries, dir),
    notes: [...failures].map(
      ([kind, error]) =>
        `looking for ${kind} failed: ${error.message}; the manifest says nothing of them. This is a fault of gonogo.`,
    ),
  };
}

/** The files that describe it, as the manifest's `imports` names them. */
function cataloguesOf(entries: readonly CatalogEntry[], dir: string): readonly string[] {
  const paths = new Set(entries.map(({ at }) => at.path));
  return [...paths].flatMap((path) => fileReference(path, dir) ?? []);
}
