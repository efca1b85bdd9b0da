/** The address of a PostgreSQL database: what of it may be shown, and where its password is from. Pure. */
import { InputError } from '../../input-error.ts';

/** Where the password and the rest are kept that no address should hold. */
export interface Secrets {
  /** Text of the operator's `.pgpass`; absent where there is none, or others may read it. */
  readonly passwordFile?: string;
}

/** Whether a word is such an address. */
export function isPostgres(where: string): boolean {
  return /^postgres(ql)?:\/\//.test(where);
}

/** Whether it holds a password: whoever lists the processes of this machine would read it in a command. */
export function holdsPassword(address: string): boolean {
  const url = parsed(address);
  return url.password !== '' || url.searchParams.has('password');
}

/** The address without user, password and parameters, for people. */
export function shownAddress(address: string): string {
  const { host, pathname, searchParams } = parsed(address);
  return `postgres://${searchParams.get('host') ?? host}${pathname}`;
}

/** The address as the driver takes it. Its `sslmode` means what it means to libpq: `require` encrypts, `verify-full` also makes sure of the server. */
export function driverAddress(address: string, password: string | undefined): string {
  const url = parsed(address);
  const { searchParams } = url;
  const mode = searchParams.get('sslmode');
  if (mode !== null && mode !== 'no-verify' && !searchParams.has('uselibpqcompat'))
    searchParams.set('uselibpqcompat', 'true');
  if (password !== undefined && !holdsPassword(address)) searchParams.set('password', password);
  return url.href;
}

function parsed(address: string): URL {
  try {
    return new URL(address);
  } catch {
    throw new InputError(
      'the address of the store is none',
      '--store',
      'write it as postgres://user@host:5432/database, or postgres:///database?host=/var/run/postgresql for a socket',
    );
  }
}

/** To whom a line of a password file is. */
export interface Addressee {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
}

/** The password that the first line for an addressee gives; as libpq reads it: `host:port:database:user:password`, `*` for any, `\` before a colon. */
export function passwordIn(text: string, { host, port, database, user }: Addressee): string | undefined {
  const wanted = [host === '' || host.startsWith('/') ? 'localhost' : host, String(port), database, user];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#')) continue;
    const fields = [...line.matchAll(/((?:\\.|[^:\\]|\\$)*)(?::|$)/gs)].map(([, field = '']) =>
      field.replace(/\\(.)/gs, '$1'),
    );
    const matches = wanted.every((it, index) => fields[index] === '*' || fields[index] === it);
    if (matches && fields.length > wanted.length) return fields[wanted.length];
  }
  return undefined;
}
