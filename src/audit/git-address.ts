/** Addresses of git repositories as an operator writes them: told from paths, named alike however they are written, refused with credentials. Pure. */
import { InputError } from '../input-error.ts';

/** Where a repository is fetched from, and what it is called. */
export interface GitAddress {
  readonly location: string;
  /** Host and path, e.g. `github.com/acme/payments`. */
  readonly id: string;
}

const CREDENTIALS = /^[^/\s]*:[^/\s]*@/;
const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;
/** `git@host:path`, as the hosts' own pages offer it. */
const SHORT = /^([A-Za-z0-9._-]+)@([^/:]+):(?!\/\/)(.+)$/;
const HOST = /^(?:[a-z0-9][a-z0-9.-]*|\[[0-9a-f:]+\])$/;
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/** The address that a word is; undefined where it is a path. `at` is where the word stands, because one with credentials is not repeated. */
export function gitAddress(word: string, at: string): GitAddress | undefined {
  const scheme = SCHEME.exec(word)?.[1]?.toLowerCase();
  if (scheme !== undefined) return byUrl(word, scheme, at);
  if (CREDENTIALS.test(word)) throw carriesCredentials(at);
  if (/^[a-z0-9]+::/i.test(word)) throw unusable(at);
  const [, , host = '', path = ''] = SHORT.exec(word) ?? [];
  return host === '' ? undefined : { location: word, id: named(word, host.toLowerCase(), path, at) };
}

function byUrl(word: string, scheme: string, at: string): GitAddress {
  const url = URL.canParse(word) ? new URL(word) : undefined;
  if (url === undefined) throw unusable(at);
  // Whoever writes a token into an address puts it where a name would be, too.
  if (url.password !== '' || (url.username !== '' && scheme !== 'ssh')) throw carriesCredentials(at);
  const host = url.hostname.toLowerCase();
  const known = scheme === 'https' || scheme === 'ssh' || (scheme === 'http' && LOOPBACK.test(host));
  if (!known || url.search !== '' || url.hash !== '') throw unusable(at);
  const port = url.port === '' || (scheme === 'ssh' && url.port === '22') ? '' : `:${url.port}`;
  return { location: word, id: named(word, host, url.pathname, at, port) };
}

function named(word: string, host: string, path: string, at: string, port = ''): string {
  const inside = path
    .replace(/^\/+/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
  // What begins with a dash is an option to the program that it is handed to.
  if (inside === '' || /^-/.test(inside) || !HOST.test(host) || /[\s\p{Cc}]/u.test(word)) throw unusable(at);
  return `${host}${port}/${inside}`;
}

function carriesCredentials(at: string): InputError {
  return new InputError(
    'an address carries credentials, and those end up in logs and reports',
    at,
    'leave them out of it: a token goes into the environment, as GITHUB_TOKEN, GH_TOKEN or GITLAB_TOKEN',
  );
}

function unusable(at: string): InputError {
  return new InputError(
    'an address is none that gonogo fetches from',
    at,
    'write https://host/path, ssh://git@host/path or git@host:path, without anything behind the path',
  );
}
