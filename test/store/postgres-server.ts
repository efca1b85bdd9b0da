/** A real PostgreSQL for tests: in a temporary folder, reached over a socket in it, so that nobody else can take its place; killed and started at will. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { onPath } from '../on-path.ts';

/** A server of a test's own. */
export interface PostgresServer {
  /** Address of a database; `user` may be another than the one that owns it. */
  address(database: string, more?: Readonly<Record<string, string>>): string;
  /** A database that nobody else uses. */
  database(): Promise<string>;
  query(database: string, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Ends it and all of its processes as a crash would. */
  kill(): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** Where Debian puts the programs, the newest version first. */
function binary(name: string): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => join(root, version, 'bin', name)).find((file) => isRunnable(file));
  return found ?? onPath(name);
}

function isRunnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Why there is no server, in the words of a test's name; empty where there is one. */
export const absent = binary('initdb') && binary('postgres') ? '' : ' (left out: no PostgreSQL at hand)';

/** Root is refused by the server. */
function unprivileged(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = ['-u', '-g'].map((flag) =>
    Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout),
  );
  return uid && gid ? { uid, gid } : { uid: 65_534, gid: 65_534 };
}

const USER = 'gonogo_test';
const PASSWORD = 'a secret: \\ of tests';

/** Makes and starts one. Passwords are asked for in databases whose name begins with `asked`. */
export async function postgresServer(): Promise<PostgresServer> {
  const who = unprivileged();
  const folder = mkdtempSync(join(tmpdir(), 'gonogo-pg-'));
  const [data, socket] = ['data', 'socket'].map((name) => join(folder, name)) as [string, string];
  for (const path of [folder, data, socket]) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (who.uid !== undefined) chownSync(path, who.uid, who.gid ?? who.uid);
  }
  const env = { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' };
  const made = spawnSync(
    binary('initdb') ?? '',
    ['-D', data, '-U', USER, '-A', 'trust', '-E', 'UTF8', '--no-sync', '--no-instructions'],
    { ...who, env, cwd: folder, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  writeFileSync(join(data, 'pg_hba.conf'), 'local asked all scram-sha-256\nlocal all all trust\n');
  let server: ChildProcess | undefined;
  let count = 0;
  const address = (database: string, more: Readonly<Record<string, string>> = {}): string =>
    `postgres:///${database}?${new URLSearchParams({ host: socket, user: USER, ...more })}`;
  const query = async (database: string, sql: string) => {
    const client = new pg.Client({ connectionString: address(database, { password: PASSWORD }) });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(sql)).rows as Readonly<Record<string, unknown>>[];
    } finally {
      await client.end();
    }
  };
  const start = async (): Promise<void> => {
    const settings = [
      'listen_addresses=',
      `unix_socket_directories=${socket}`,
      'fsync=off',
      'max_connections=30',
      'shared_buffers=32MB',
      'logging_collector=off',
    ];
    server = spawn(binary('postgres') ?? '', ['-D', data, ...settings.flatMap((it) => ['-c', it])], {
      ...who,
      env,
      cwd: folder,
      stdio: 'ignore',
    });
    const gone = new Promise<never>((_, reject) =>
      server?.once('exit', (code) => reject(new Error(`postgres ended with ${code}`))),
    );
    gone.catch(() => undefined);
    while (!(await Promise.race([answers(query), gone]))) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  const kill = async (): Promise<void> => {
    const running = server;
    if (!running?.pid || running.exitCode !== null || running.signalCode !== null) return;
    const exited = new Promise((resolve) => running.once('exit', resolve));
    const children = childrenOf(running.pid);
    for (const pid of [running.pid, ...children]) killQuietly(pid);
    await exited;
    while (children.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  await start();
  await query('postgres', `alter user ${USER} password '${PASSWORD.replaceAll("'", "''")}'`);
  return {
    address,
    query,
    start,
    kill,
    async database() {
      const name = `test${count++}`;
      await query('postgres', `create database ${name}`);
      return name;
    },
    async remove() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The password that a database whose name begins with `asked` wants. */
export const SECRET = PASSWORD;

async function answers(query: PostgresServer['query']): Promise<boolean> {
  try {
    await query('postgres', 'select 1');
    return true;
  } catch {
    return false;
  }
}

function childrenOf(parent: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [, ppid] = /^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
        return Number(ppid) === parent ? [Number(name)] : [];
      } catch {
        return [];
      }
    });
}

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
