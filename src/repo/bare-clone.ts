/** Fetches a repository into a bare clone without its past, or brings the clone of an earlier run up to date. Checks nothing out, follows no submodule. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { layOut } from './bare-layout.ts';
import { cloneAddress } from './clone-address.ts';
import { discard, keptClone, shelve, tidyAround, UNCHECKED, waitingClone } from './clone-shelf.ts';
import { type FetchTrouble, sentenceFor, troubleIn } from './fetch-trouble.ts';
import { type GitDir, isObjectId, namedObject, shallowCommits } from './git-dir.ts';
import { fetchByGit, type GitSettings, type NetworkRun, type Ran } from './network-git.ts';

/** A token, and where it may be sent. */
export interface CloneCredential {
  /** Address of the server without a slash at its end; the token goes to what is below it. */
  readonly base: string;
  readonly user: string;
  readonly token: string;
}

/** How clones are fetched and where they are kept. */
export interface Clones {
  /** A folder that `openShelf` gave. */
  readonly shelf: string;
  /** Commits that are fetched from the newest back. */
  readonly history: number;
  readonly credentials: readonly CloneCredential[];
  /** The operator's environment; see `NetworkRun`. */
  readonly surroundings: NetworkRun['surroundings'];
  /** Milliseconds for one fetch. */
  readonly patience: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether a path on this machine may be fetched from. */
  readonly local?: boolean;
}

/** What is fetched. */
export interface Wanted {
  /** Says which clone it is. */
  readonly id: string;
  readonly address: string;
  /** Branch, tag or whole id of a commit; the server's HEAD where absent. */
  readonly ref?: string;
}

/** A clone and what to judge in it, or why there is none. */
export type Fetched =
  | { readonly ok: true; readonly folder: string; readonly commit: string; readonly notes: readonly string[] }
  | { readonly ok: false; readonly outcome: 'unreachable' | 'empty' | 'timeout'; readonly because: string };

type Failed = Extract<Fetched, { ok: false }>;

/** What can be mended by a new clone, or by one of another kind. */
const OURS: readonly FetchTrouble[] = ['damaged', 'objects', 'hash'];

/** The clone; rejects only where the disk fails. */
export async function bareClone(wanted: Wanted, clones: Clones, signal: AbortSignal): Promise<Fetched> {
  const parsed = cloneAddress(wanted.address, clones);
  if (!parsed.ok) return unreachable(`it cannot be fetched: ${parsed.reason}`);
  if (wanted.ref !== undefined && !isNameable(wanted.ref))
    return unreachable(`"${wanted.ref.slice(0, 100)}" is no branch, tag or whole id of a commit that could be fetched`);
  const fetching = { ...parsed, wanted, clones, signal };
  const kept = keptClone(clones.shelf, wanted.id);
  const again = kept && (await fetchInto(kept.git, kept.unchecked, fetching));
  if (kept && again && (again === 'done' || !OURS.includes(again.trouble)))
    return again === 'done' ? fetched(kept.git, kept.unchecked, fetching) : again.failed;
  return cloned(fetching);
}

interface Fetching {
  readonly address: string;
  readonly protocol: NetworkRun['protocol'];
  readonly wanted: Wanted;
  readonly clones: Clones;
  readonly signal: AbortSignal;
}

/** A new clone: git checks what it receives, unless the repository does not pass, as some old and honest ones do not. */
async function cloned(fetching: Fetching): Promise<Fetched> {
  const { clones, wanted } = fetching;
  let hash: GitDir['hash'] = 'sha1';
  let unchecked = false;
  for (;;) {
    const dir = waitingClone(clones.shelf, wanted.id);
    try {
      layOut(dir, hash, 'ref: refs/heads/none');
      if (unchecked) writeFileSync(join(dirname(dir), UNCHECKED), '');
      const result = await fetchInto({ own: dir, shared: dir, hash }, unchecked, fetching);
      if (result === 'done') {
        const whole = shelve(dir);
        return fetched({ own: whole, shared: whole, hash }, unchecked, fetching);
      }
      if (result.trouble === 'objects' && !unchecked) unchecked = true;
      else if (result.trouble === 'hash' && hash === 'sha1') hash = 'sha256';
      else return result.failed;
    } finally {
      discard(dir);
    }
  }
}

function fetched(git: GitDir, unchecked: boolean, { wanted, clones }: Fetching): Fetched {
  const commit = namedObject(git, keptAs(wanted.ref));
  if (commit === undefined) return unreachable('git fetched it and kept nothing');
  tidyAround(git.own, clones.now);
  return {
    ok: true,
    folder: git.own,
    commit,
    notes: [...(unchecked ? [UNCHECKED_NOTE] : []), ...(shallowCommits(git).length > 0 ? [SHALLOW_NOTE] : [])],
  };
}

const SHALLOW_NOTE = 'its past was fetched no further than --history reaches, and what lies before is unknown';
const UNCHECKED_NOTE = "git's own checks find fault with the objects of this repository, which are read all the same";

/** Fetches into a git folder; trouble that may pass is tried twice. */
async function fetchInto(
  git: GitDir,
  unchecked: boolean,
  fetching: Fetching,
): Promise<'done' | { readonly trouble: FetchTrouble; readonly failed: Failed }> {
  const { address, protocol, wanted, clones, signal } = fetching;
  const credential = clones.credentials.find(({ base }) => address.startsWith(`${base}/`));
  const run: NetworkRun = {
    dir: git.own,
    protocol,
    settings: [...SETTINGS, ...checking(!unchecked), ...(credential ? authorised(credential) : [])],
    surroundings: clones.surroundings,
    patience: clones.patience,
    signal,
  };
  const words = [...FLAGS, `--depth=${clones.history}`, '--', address, refspecOf(wanted.ref)];
  let ran = await fetchByGit(words, run);
  if (ran.ended === 'failed' && troubleIn(ran.said) === 'broken') ran = await fetchByGit(words, run);
  if (ran.ended === 'failed' && troubleIn(ran.said) === 'no-commit') ran = await ifSpoken(words, run, ran);
  if (ran.ended === 'done') return 'done';
  return explained(ran, { token: credential !== undefined, ref: wanted.ref, shelf: clones.shelf });
}

/** Any page can be taken for an empty list of references, as the oldest way of serving has it; only a git server speaks git's own language. */
async function ifSpoken(words: readonly string[], run: NetworkRun, before: Ran): Promise<Ran> {
  if (run.protocol !== 'https' && run.protocol !== 'http') return before;
  const trace = join(run.dir, 'trace');
  try {
    const ran = await fetchByGit(words, { ...run, trace });
    const spoken = existsSync(trace) && readFileSync(trace, 'utf8').includes('"negotiated-version"');
    return ran.ended !== 'failed' || spoken ? ran : { ended: 'failed', said: 'fatal: invalid server response' };
  } finally {
    rmSync(trace, { force: true });
  }
}

function explained(
  ran: Exclude<Ran, { ended: 'done' }>,
  { token, ref, shelf }: { readonly token: boolean; readonly ref: string | undefined; readonly shelf: string },
): { readonly trouble: FetchTrouble; readonly failed: Failed } {
  if (ran.ended !== 'failed') {
    const because =
      ran.ended === 'late' ? 'its server did not give it in time' : 'its time was over before it was fetched';
    return { trouble: 'silent', failed: { ok: false, outcome: 'timeout', because } };
  }
  const said = ran.said.replaceAll(shelf, '…');
  const trouble = troubleIn(said);
  const outcome =
    trouble === 'silent' ? 'timeout' : trouble === 'no-commit' && ref === undefined ? 'empty' : 'unreachable';
  return { trouble, failed: { ok: false, outcome, because: sentenceFor(trouble, { token, ref, said }) } };
}

function unreachable(because: string): Failed {
  return { ok: false, outcome: 'unreachable', because };
}

const FLAGS = [
  '--quiet',
  '--no-tags',
  '--no-recurse-submodules',
  '--no-write-fetch-head',
  '--no-auto-gc',
  '--update-shallow',
];

/** Nothing of the operator's runs or changes because of a fetch, and nothing is fetched besides. */
const SETTINGS: GitSettings = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.symlinks', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  // One pack for each fetch, which is renamed when it is whole.
  ['fetch.unpackLimit', '1'],
  ['fetch.recurseSubmodules', 'false'],
  ['fetch.writeCommitGraph', 'false'],
  ['transfer.bundleURI', 'false'],
  ['credential.interactive', 'false'],
  // Bytes a second, and for how many seconds fewer are borne.
  ['http.lowSpeedLimit', '1'],
  ['http.lowSpeedTime', '30'],
];

function checking(on: boolean): GitSettings {
  return [
    ['transfer.fsckObjects', String(on)],
    ['fetch.fsckObjects', String(on)],
  ];
}

/** The token as a header for what is below its server's address, in the place of any other; a redirection would take it along. */
function authorised({ base, user, token }: CloneCredential): GitSettings {
  return [
    [`http.${base}/.extraHeader`, ''],
    [`http.${base}/.extraHeader`, `Authorization: Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`],
    [`http.${base}/.followRedirects`, 'false'],
    ['credential.helper', ''],
  ];
}

/** The name under which a clone keeps what was asked for, whatever the server calls it. */
function keptAs(ref: string | undefined): string {
  return ref === undefined ? 'refs/judged/head' : `refs/judged/at/${createHash('sha256').update(ref).digest('hex')}`;
}

function refspecOf(ref: string | undefined): string {
  return `+${ref ?? 'HEAD'}:${keptAs(ref)}`;
}

/** Names by git's own rules, and whole ids; a short id names nothing at a server. */
function isNameable(ref: string): boolean {
  if (isObjectId(ref)) return true;
  return (
    /^[^\0-\x20\x7f~^:?*[\\+-][^\0-\x20\x7f~^:?*[\\]{0,199}$/.test(ref) &&
    !/\.\.|\/\/|\/\.|@\{|\.lock(\/|$)|[/.]$/.test(ref)
  );
}
