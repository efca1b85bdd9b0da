/** What a run knows from outside the repository: opened when a rule first asks, and over the network only when the operator asked for that. */
import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { AdvisorySource } from '../advisories/advisory.ts';
import { cacheFolder, databaseFolders, type Folder } from '../database/folders.ts';
import { type OpenData, openData } from '../database/opened.ts';
import { openStore } from '../database/store.ts';
import type { Reference } from '../evidence/reference.ts';
import type { LiveSource } from '../live/live.ts';
import type { Client } from '../online/http.ts';
import { onlineSource } from '../online/online-source.ts';
import { SERVICES, type Services } from '../online/services.ts';
import type { ReleaseSource } from '../releases/release.ts';
import { VERSION } from './version.ts';

/** Flags that bear on it. */
export interface ReferenceFlags {
  readonly db?: string;
  readonly online?: boolean;
  /** Words such as `npm=https://…`. */
  readonly registry?: readonly string[];
  readonly publicHost?: readonly string[];
  /** Words such as `prometheus=https://…`; absent where nothing running may be asked. */
  readonly live?: readonly string[];
}

/** Opens nothing yet; throws an InputError where a flag is not understood. Whoever judges many repositories opens the data once. */
export async function referenceFrom(
  flags: ReferenceFlags,
  privatePackages: Reference['privatePackages'],
  data: OpenData = dataFrom(flags),
): Promise<Reference> {
  let opened: AdvisorySource | undefined;
  const releases = flags.online ? await releasesIn(flags) : undefined;
  const live = flags.live ? await liveIn(flags.live) : undefined;
  return {
    publicHosts: flags.publicHost ?? [],
    ...(privatePackages && { privatePackages }),
    ...(releases && { releases }),
    ...(live && { live }),
    get advisories() {
      opened ??= open(flags, data);
      return opened;
    },
  };
}

/** Registries as the operator names them, and deps.dev for the others. */
async function releasesIn({ registry = [], db }: ReferenceFlags): Promise<ReleaseSource> {
  const { registriesFrom, releasesFrom } = await import('./registries.ts');
  return releasesFrom({
    registries: registriesFrom(registry),
    depsDev: servicesFrom(process.env).depsDev,
    folder: foldersFrom(db)[0]?.path ?? '.',
    open: waitingClient,
    today: instantNow().slice(0, 10),
  });
}

async function liveIn(words: readonly string[]): Promise<LiveSource> {
  const { liveFrom } = await import('./live.ts');
  return liveFrom({ words, services: servicesFrom(process.env), env: process.env, agent: AGENT, now: instantNow() });
}

/** Folders in which there may be a database; the first is the user's own. */
export function foldersFrom(named: string | undefined): readonly Folder[] {
  const installed = installedData();
  return databaseFolders({
    ...(named !== undefined && { named }),
    platform: process.platform,
    env: process.env,
    home: home(),
    ...(installed !== undefined && { installed }),
  });
}

/** A folder of ours below the user's cache; undefined where there is none. */
export function cacheHere(name: string): string | undefined {
  const cache = cacheFolder({ platform: process.platform, env: process.env, home: home() });
  return cache === undefined ? undefined : join(cache, 'gonogo', name);
}

/** The public services, where the environment names no others. */
export function servicesFrom(env: NodeJS.ProcessEnv): Services {
  return {
    osvApi: address(env.GONOGO_OSV_API) ?? SERVICES.osvApi,
    osvDumps: address(env.GONOGO_OSV_DUMPS) ?? SERVICES.osvDumps,
    exploited: address(env.GONOGO_KEV) ?? SERVICES.exploited,
    depsDev: address(env.GONOGO_DEPS_DEV) ?? SERVICES.depsDev,
    pagerDuty: address(env.GONOGO_PAGERDUTY_API) ?? SERVICES.pagerDuty,
    opsgenie: address(env.GONOGO_OPSGENIE_API) ?? SERVICES.opsgenie,
    github: SERVICES.github,
    githubApi: SERVICES.githubApi,
    gitlab: SERVICES.gitlab,
    home: SERVICES.home,
  };
}

/** While somebody waits for a verdict, a silent server costs twenty seconds and one that drips twenty-five, whatever is asked of it. */
const WAITING = { idleMs: 10_000, totalMs: 25_000 };

/** A client for a check. */
async function waitingClient(): Promise<Client> {
  const { openClient } = await import('../online/http.ts');
  const { givingUp } = await import('../online/patience.ts');
  return givingUp(openClient({ agent: AGENT, limits: WAITING, attempts: 2 }));
}

/** How the program calls itself to a server. */
export const AGENT = `gonogo/${VERSION}`;

/** The instant at which a command runs, in whole seconds. */
export function instantNow(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}

function address(given: string | undefined): string | undefined {
  return given === undefined || given === '' ? undefined : given.replace(/\/+$/, '');
}

/** The data on advisories that is at hand; opens nothing yet. */
export function dataFrom({ db }: ReferenceFlags): OpenData {
  return openData(foldersFrom(db));
}

/** What tells that data from any other. */
export function identityOf({ db }: ReferenceFlags, data: OpenData): readonly string[] {
  return openStore(foldersFrom(db), data).identity();
}

function open({ db, online }: ReferenceFlags, data: OpenData): AdvisorySource {
  const folders = foldersFrom(db);
  const store = openStore(folders, data);
  if (!online) return store;
  const { osvApi: api } = servicesFrom(process.env);
  let client: Client | undefined;
  return onlineSource({
    store,
    flagged: store.flagged,
    server: api,
    now: instantNow(),
    ask: async (ecosystem, names) => {
      const { askOsv } = await import('../online/osv.ts');
      client ??= await waitingClient();
      const { keptRecords } = await import('../database/kept-records.ts');
      const kept = keptRecords(join(folders[0]?.path ?? '.', 'records'));
      return askOsv({ client, api, kept }, ecosystem, names);
    },
  });
}

/** Data that was installed beside the program. */
function installedData(): string | undefined {
  try {
    return join(dirname(realpathSync(process.argv[1] ?? '')), '..', 'data');
  } catch {
    return undefined;
  }
}

/** The user's own folder. Nobody, such as a container's user, may have none. */
export function home(): string {
  try {
    return homedir();
  } catch {
    return '';
  }
}
