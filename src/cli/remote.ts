/** Repositories that lie elsewhere, as flags and the environment name them: listed and fetched. Opens no connection before it is asked. */
import type { Prepare } from '../audit/engine.ts';
import { InputError } from '../input-error.ts';
import type { Target } from '../model-audit.ts';
import type { Found, Owner } from '../online/forges.ts';
import { OnlineError } from '../online/online-error.ts';
import type { Services } from '../online/services.ts';
import type { CloneCredential, Clones } from '../repo/bare-clone.ts';
import { isSafeAddress } from '../repo/clone-address.ts';
import { keepSecret } from '../secrets.ts';
import { AGENT, cacheHere, servicesFrom } from './reference.ts';

/** Flags that bear on it. */
export interface RemoteFlags {
  readonly githubOrg: readonly string[];
  readonly githubUrl?: string;
  readonly gitlabGroup: readonly string[];
  readonly gitlabUrl?: string;
  readonly archived?: boolean;
  readonly forks?: boolean;
  readonly clones?: string;
  readonly history?: number;
}

/** What is known of this machine. */
export interface Surroundings {
  readonly services: Services;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly agent: string;
  /** Folder in which clones are kept where no flag names one; undefined where there is none. */
  readonly cache: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Repositories elsewhere. */
export interface Remote {
  /** Whether any organisation or group is named. */
  readonly isAsked: boolean;
  /** Those of the named organisations and groups; throws an InputError where one could not be listed whole. */
  list(): Promise<Found>;
  /** Equal for two targets that are the same one, whatever address each was named by. */
  sameness(target: Target): string;
  /** What whoever reads the audit has to know of how these are fetched. */
  notesOn(targets: readonly Target[]): readonly string[];
  /** Fetches one. */
  readonly prepare: Prepare;
}

/** Milliseconds for one fetch; the largest of real repositories take a minute without their past. */
const PATIENCE = 300_000;

/** Repositories elsewhere, as this process finds its surroundings. */
export function remoteHere(flags: RemoteFlags): Remote {
  const services = servicesFrom(process.env);
  return remoteFrom(flags, { services, env: process.env, agent: AGENT, cache: cacheHere('clones'), now: Date.now() });
}

/** Throws an InputError where a flag or a token is none. */
export function remoteFrom(flags: RemoteFlags, surroundings: Surroundings): Remote {
  const forges = forgesFrom(flags, surroundings);
  const owners = [
    ...flags.githubOrg.map((name) => ownerOf(name, forges.github, /^[A-Za-z0-9_][A-Za-z0-9_-]*$/, '--github-org')),
    ...flags.gitlabGroup.map((name) =>
      ownerOf(name, forges.gitlab, /^[A-Za-z0-9_][A-Za-z0-9_./-]*$/, '--gitlab-group'),
    ),
  ];
  let clones: Promise<Clones> | undefined;
  return {
    isAsked: owners.length > 0,
    list: () => listed(owners, flags, surroundings),
    sameness: (target) => samenessOf(target, [forges.github, forges.gitlab]),
    notesOn: (targets) => (targets.some(({ kind }) => kind === 'git') ? [pastNote(flags.history ?? 1)] : []),
    prepare: async (target, signal) => {
      if (target.kind === 'folder') return target;
      clones ??= clonesFrom(flags, surroundings, [forges.github, forges.gitlab].flatMap(credentialOf));
      const { fetchTarget } = await import('../audit/fetch-target.ts');
      return fetchTarget(target, await clones, signal);
    },
  };
}

type Forge = Omit<Owner, 'name'>;

function forgesFrom(
  { githubUrl, gitlabUrl }: RemoteFlags,
  { services, env }: Surroundings,
): Readonly<Record<'github' | 'gitlab', Forge>> {
  const github = addressFrom(githubUrl, '--github-url') ?? services.github;
  const gitlab = addressFrom(gitlabUrl, '--gitlab-url') ?? services.gitlab;
  const tokens = keepTokens(env);
  const api = github === services.github ? services.githubApi : `${github}/api/v3`;
  return {
    github: { forge: 'github', web: github, api, ...tokens.github },
    gitlab: { forge: 'gitlab', web: gitlab, api: `${gitlab}/api/v4`, ...tokens.gitlab },
  };
}

/** The address as it is compared: without a slash at its end. A token goes there, so nobody on the way may read along. */
function addressFrom(given: string | undefined, flag: string): string | undefined {
  if (given === undefined) return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const plain = url && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (plain && isSafeAddress(url)) return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  throw new InputError(
    `what ${flag} names is no address that can be asked`,
    flag,
    'write https://host, without a user or password; a token comes from the environment',
  );
}

interface Tokens {
  readonly github: { readonly token?: string };
  readonly gitlab: { readonly token?: string };
}

/** The tokens of an environment, which from now on nothing shows or keeps; throws an InputError where one is none. */
export function keepTokens(env: Surroundings['env']): Tokens {
  return {
    github: tokenFrom(env, USERS.github, 'GH_TOKEN', 'GITHUB_TOKEN'),
    gitlab: tokenFrom(env, USERS.gitlab, 'GITLAB_TOKEN'),
  };
}

/** GitHub takes any name beside a token, GitLab this one. */
const USERS: Readonly<Record<Owner['forge'], string>> = { github: 'x-access-token', gitlab: 'oauth2' };

function tokenFrom(env: Surroundings['env'], user: string, ...names: readonly string[]): { readonly token?: string } {
  const name = names.find((it) => (env[it]?.trim() ?? '') !== '');
  const token = name === undefined ? '' : (env[name]?.trim() ?? '');
  if (name === undefined) return {};
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new InputError('it holds more than one word of plain characters', name, 'give the token alone');
  keepSecret(token, Buffer.from(`${user}:${token}`).toString('base64'));
  return { token };
}

function ownerOf(name: string, forge: Forge, plain: RegExp, flag: string): Owner {
  if (name.length <= 255 && plain.test(name) && !/(^|\/)\.{0,2}(\/|$)/.test(name)) return { ...forge, name };
  throw new InputError(`"${name}" is no name of an organisation or a group`, flag, 'write its name as in its address');
}

function credentialOf({ forge, web, token }: Forge): readonly CloneCredential[] {
  return token === undefined ? [] : [{ base: web, user: USERS[forge], token }];
}

/** Capitals make no other name at GitHub and GitLab; elsewhere they may. */
function samenessOf({ id, kind, dir, ref }: Target, forges: readonly Forge[]): string {
  const place = id.toLowerCase();
  const folds = kind === 'git' && forges.some(({ web }) => place.startsWith(placeOf(web)));
  if (!folds) return JSON.stringify([id]);
  const about = `${dir === undefined ? '' : `//${dir}`}${ref === undefined ? '' : `@${ref}`}`;
  return JSON.stringify([place.slice(0, id.length - about.length), dir, ref]);
}

function placeOf(web: string): string {
  const { host, pathname } = new URL(web);
  return `${host}${pathname}/`.replace(/\/+$/, '/').toLowerCase();
}

function pastNote(commits: number): string {
  const reach = commits === 1 ? 'the newest commit alone' : `${commits} commits back from the newest`;
  return `what lies elsewhere is fetched without its past: ${reach}. Rules that ask for more say unknown; --history N fetches N commits`;
}

async function listed(owners: readonly Owner[], flags: RemoteFlags, { agent }: Surroundings): Promise<Found> {
  if (owners.length === 0) return { targets: [], notes: [] };
  const { repositoriesOf } = await import('../online/forges.ts');
  try {
    return await repositoriesOf(owners, { agent, archived: flags.archived ?? false, forks: flags.forks ?? false });
  } catch (error) {
    if (!(error instanceof OnlineError)) throw error;
    throw new InputError(error.message, 'audit', 'nothing was judged, because half a list would look like a whole one');
  }
}

async function clonesFrom(
  { clones, history = 1 }: RemoteFlags,
  { env, cache, now }: Surroundings,
  credentials: readonly CloneCredential[],
): Promise<Clones> {
  const folder = clones ?? cache;
  if (folder === undefined) throw new InputError('there is no folder to keep clones in', '--clones', 'name one');
  const { openShelf } = await import('../repo/clone-shelf.ts');
  const shelf = openShelf(folder, clones !== undefined);
  return { shelf, history, credentials, surroundings: env, patience: PATIENCE, now };
}
