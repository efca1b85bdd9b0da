/** The projects of a group and the groups within it, as GitLab's interface lists them. */
import type { Listed, Owner } from './forges.ts';
import { everyEntry, type Listing } from './listing.ts';
import { OnlineError } from './online-error.ts';

/**
 * Every entry; undefined for one that is no project. Those that are archived are a list of their own, because who asks
 * without a token is not told which they are.
 */
export async function gitlabProjects(
  { api, name, token }: Owner,
  listing: Omit<Listing, 'headers'>,
): Promise<readonly (Listed | undefined)[]> {
  const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  const lists: (readonly (Listed | undefined)[])[] = [];
  for (const archived of [false, true]) {
    // What other groups share with this one is theirs.
    const query = `include_subgroups=true&with_shared=false&archived=${archived}&order_by=id&sort=asc&per_page=100`;
    const first = `${api}/groups/${encodeURIComponent(name)}/projects?${query}`;
    lists.push(await keysetOrPages(first, { ...listing, headers }, (entry) => listed(entry, archived)));
  }
  return lists.flat();
}

/** By keyset no project is missed that shifts from page to page; a server that does not have it for groups says 400 or 405. */
async function keysetOrPages<T>(first: string, listing: Listing, read: (entry: unknown) => T): Promise<readonly T[]> {
  try {
    return await everyEntry(`${first}&pagination=keyset`, listing, read);
  } catch (error) {
    if (!(error instanceof OnlineError) || (error.status !== 400 && error.status !== 405)) throw error;
    return everyEntry(first, listing, read);
  }
}

function listed(entry: unknown, archived: boolean): Listed | undefined {
  const { path_with_namespace: path, forked_from_project: from } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  return typeof path === 'string' ? { path, archived, fork: typeof from === 'object' && from !== null } : undefined;
}
