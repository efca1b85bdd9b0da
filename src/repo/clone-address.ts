/** Addresses that git may be given: read and rebuilt by us, so that nothing in one is a flag, a program or another transport. */

/** An address, or why it is none that is cloned from. */
export type CloneAddress =
  | {
      readonly ok: true;
      readonly address: string;
      /** What GIT_ALLOW_PROTOCOL has to hold. */
      readonly protocol: 'https' | 'http' | 'ssh' | 'file';
    }
  | { readonly ok: false; readonly reason: string };

const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]{0,252}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])$/i;
const USER = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/;
const LONGEST = 2000;

/** Reads an address: `https://host/path`, `ssh://user@host/path` or `user@host:path`; a path on this machine only where `local`. */
export function cloneAddress(text: string, { local = false }: { readonly local?: boolean } = {}): CloneAddress {
  if (text.length > LONGEST || !/^[\x21-\x7e]+$/.test(text)) return refused('it holds characters that no address has');
  if (/^-|^[\w+.-]*::|\\/.test(text))
    return refused('it is none of https://host/path, ssh://user@host/path and user@host:path');
  if (text.startsWith('/')) {
    return local
      ? { ok: true, address: text, protocol: 'file' }
      : refused('a folder on this machine is not fetched, but judged where it is');
  }
  const short = /^(?:([^@/:]+)@)?([^@/:]+):(?!\/\/)([^:]+)$/.exec(text);
  if (short) return secureShell(short[1], short[2] ?? '', '', short[3] ?? '');
  return URL.canParse(text) ? parsed(new URL(text)) : refused('it is no address');
}

/** Whether a token may be sent there, and data fetched: over TLS, or within this machine. */
export function isSafeAddress(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

function parsed(url: URL): CloneAddress {
  if (url.protocol === 'ssh:') {
    if (url.password !== '') return refused(PASSWORD);
    return secureShell(url.username === '' ? undefined : url.username, url.hostname, url.port, url.pathname);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return refused(`${url.protocol.replace(/:$/, '')} is no way to fetch a repository that is used here`);
  if (url.username !== '' || url.password !== '') return refused(PASSWORD);
  if (!isSafeAddress(url)) return refused('plain http lets anybody on the way change what is read; write https');
  if (!HOST.test(url.hostname) || !isPath(url.pathname) || url.search !== '' || url.hash !== '')
    return refused('it is no address of a repository');
  return { ok: true, address: `${url.origin}${url.pathname}`, protocol: url.protocol === 'https:' ? 'https' : 'http' };
}

const PASSWORD = 'it holds a user name or a password; a token comes from the environment';

function secureShell(user: string | undefined, host: string, port: string, path: string): CloneAddress {
  const plain = path.startsWith('/') ? path : `/${path}`;
  if (!HOST.test(host) || (user !== undefined && !USER.test(user)) || !isPath(plain))
    return refused('it is no address of a repository');
  const whom = `${user === undefined ? '' : `${user}@`}${host}`;
  // `host:path` is relative to the user's own folder, and stays so.
  const address = path.startsWith('/') ? `ssh://${whom}${port === '' ? '' : `:${port}`}${path}` : `${whom}:${path}`;
  return { ok: true, address, protocol: 'ssh' };
}

/** Something after the first slash; no part that a program could take for a flag or a way up. */
function isPath(path: string): boolean {
  const names = path.split('/').slice(1);
  return (
    !/[?#]/.test(path) &&
    names.some((name) => name !== '') &&
    names.every((name) => name !== '..' && !name.startsWith('-'))
  );
}

function refused(reason: string): CloneAddress {
  return { ok: false, reason };
}
