/** The repositories of an organisation or a user, as GitHub's interface lists them. */
import type { Listed, Owner } from './forges.ts';
import { everyEntry, type Listing } from './listing.ts';
import { OnlineError } from './online-error.ts';

/** Every entry; undefined for one that is no repository. What has no organisation may be a user. */
export async function githubRepositories(
  { api, name, token }: Owner,
  listing: Omit<Listing, 'headers'>,
): Promise<readonly (Listed | undefined)[]> {
  const headers = {
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  const whose = encodeURIComponent(name);
  // In the order of names a page does not shift when somebody pushes meanwhile.
  const query = 'per_page=100&sort=full_name&direction=asc';
  try {
    return await everyEntry(`${api}/orgs/${whose}/repos?${query}`, { ...listing, headers }, listed);
  } catch (error) {
    if (!(error instanceof OnlineError) || error.status !== 404) throw error;
    return everyEntry(`${api}/users/${whose}/repos?${query}`, { ...listing, headers }, listed);
  }
}

function listed(entry: unknown): Listed | undefined {
  const { full_name: path, archived, fork } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof path !== 'string') return undefined;
  return { path, archived: archived === true, fork: fork === true };
}
