/** The repositories of organisations at GitHub and groups at GitLab, as targets of an audit: all of them, or an error. */
import type { Target } from '../model-audit.ts';
import { githubRepositories } from './github.ts';
import { gitlabProjects } from './gitlab.ts';
import type { Listing } from './listing.ts';
import { OnlineError } from './online-error.ts';

/** An organisation, a user or a group, and the server that it is at. */
export interface Owner {
  readonly forge: 'github' | 'gitlab';
  /** `acme`, or `acme/payments` for a group within a group. */
  readonly name: string;
  /** Address of the server without a slash at its end: what is cloned is below it, whatever the server says. */
  readonly web: string;
  /** Address of its interface, without a slash at its end. */
  readonly api: string;
  readonly token?: string;
}

/** One repository, as a server lists it. */
export interface Listed {
  /** `acme/payments`. */
  readonly path: string;
  readonly archived?: boolean;
  readonly fork?: boolean;
}

/** What is asked for. */
export interface Asking extends Omit<Listing, 'headers'> {
  /** Also what is archived. */
  readonly archived: boolean;
  /** Also what was forked from elsewhere. */
  readonly forks: boolean;
}

/** What there is. */
export interface Found {
  /** Sorted by id; each once. */
  readonly targets: readonly Target[];
  /** What was left out, a sentence each. */
  readonly notes: readonly string[];
}

/** Lists the repositories of each owner; rejects with an OnlineError where one list could not be had whole. */
export async function repositoriesOf(owners: readonly Owner[], asking: Asking): Promise<Found> {
  const targets = new Map<string, Target>();
  const notes: string[] = [];
  for (const owner of owners) {
    const entries = await entriesOf(owner, asking);
    const named = entries.filter((entry) => entry !== undefined).filter(({ path }) => isPath(path, owner));
    const wanted = named.filter((it) => (asking.archived || !it.archived) && (asking.forks || !it.fork));
    for (const entry of wanted) {
      const target = targetOf(entry, owner);
      targets.set(target.id, target);
    }
    notes.push(...notesOn(owner, named, wanted, entries.length - named.length));
  }
  return { targets: [...targets.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), notes };
}

async function entriesOf(owner: Owner, asking: Asking): Promise<readonly (Listed | undefined)[]> {
  const list = owner.forge === 'github' ? githubRepositories : gitlabProjects;
  try {
    return await list(owner, asking);
  } catch (error) {
    if (!(error instanceof OnlineError)) throw error;
    throw new OnlineError(`the repositories of ${nameOf(owner)} could not be listed: ${reasonOf(error, owner)}`, error);
  }
}

function reasonOf({ message, status }: OnlineError, { forge, token }: Owner): string {
  const [what, variable] = forge === 'github' ? ['organisation or user', 'GITHUB_TOKEN'] : ['group', 'GITLAB_TOKEN'];
  if (status === 401)
    return token === undefined ? `the server wants to know who asks: set ${variable}` : 'the server refuses the token';
  if (status !== 404) return message;
  const hidden = token === undefined ? `it is private (${variable} is not set)` : 'the token may not see it';
  return `there is no such ${what} there, or ${hidden}`;
}

/** A target's id and address are made of the address that the operator named and the path, so that no answer leads elsewhere. */
function targetOf({ path, archived, fork }: Listed, { web }: Owner): Target {
  return {
    id: `${web.replace(/^https?:\/\//, '')}/${path}`,
    kind: 'git',
    location: `${web}/${path}.git`,
    ...(archived !== undefined && { archived }),
    ...(fork !== undefined && { fork }),
  };
}

/** Whether a text is the path of a repository there: plain names, none of them a way up. */
function isPath(path: string, { forge }: Owner): boolean {
  const names = path.split('/');
  const depth = forge === 'github' ? names.length === 2 : names.length >= 2 && names.length <= 25;
  return depth && names.every((name) => /^[A-Za-z0-9_.-]{1,255}$/.test(name) && !/^\.{1,2}$/.test(name));
}

function notesOn(
  owner: Owner,
  named: readonly Listed[],
  wanted: readonly Listed[],
  nameless: number,
): readonly string[] {
  const left = named.filter((it) => !wanted.includes(it));
  const archived = left.filter((it) => it.archived).length;
  const forks = left.length - archived;
  return [
    archived > 0 ? `${archived} archived (--archived takes them in)` : '',
    forks > 0 ? `${forks} forked from elsewhere (--forks takes them in)` : '',
    nameless > 0 ? `${nameless} without a name that can be one` : '',
  ]
    .filter((why) => why !== '')
    .map((why) => `${nameOf(owner)}: left out ${why}`);
}

function nameOf({ name, web }: Owner): string {
  return `${web.replace(/^https?:\/\//, '')}/${name}`;
}
