/** Runs git where it may speak to a server: with the operator's settings for networks, in a folder of our own, never asking, never for ever. */
import { withoutSecrets } from '../secrets.ts';
import { hasEnded, willRun } from './leftovers.ts';
import { endTree } from './process-tree.ts';

/** Settings of git by name, in order: a later one of the same name adds to it. */
export type GitSettings = readonly (readonly [name: string, value: string])[];

/** What a run is given. */
export interface NetworkRun {
  /** The git folder it works in: one of ours, whose path no other process names. */
  readonly dir: string;
  readonly protocol: 'https' | 'http' | 'ssh' | 'file';
  readonly settings: GitSettings;
  /** The operator's environment; only what bears on networks is handed on. */
  readonly surroundings: Readonly<Record<string, string | undefined>>;
  /** Milliseconds. */
  readonly patience: number;
  readonly signal: AbortSignal;
  /** A file to which git writes what it does; it holds no setting. */
  readonly trace?: string;
}

/** Done, out of time, stopped from outside, or what git said last. */
export type Ran =
  | { readonly ended: 'done' | 'late' | 'stopped' }
  | { readonly ended: 'failed' /** Without secrets. */; readonly said: string };

/** The operator's settings may have one of the two safe ways taken for the other, and neither for anything else. */
const ALLOWED = { https: 'https:ssh', ssh: 'https:ssh', http: 'http', file: 'file' } as const;

/** Bytes that git may say: what is fetched goes to the disk. */
const MOST_SAID = 1024 * 1024;

/** By these git, ssh and curl find the operator's credentials, proxy and authorities. No token is among them. */
const HANDED_ON =
  /^(PATH|HOME|USER|LOGNAME|USERPROFILE|APPDATA|LOCALAPPDATA|SYSTEMROOT|XDG_CONFIG_HOME|SSH_AUTH_SOCK|TMPDIR|TEMP|TMP|(HTTPS?|ALL|NO)_PROXY|SSL_CERT_(FILE|DIR)|CURL_CA_BUNDLE|GIT_SSL_CA(INFO|PATH)|GIT_SSH(_COMMAND)?|GIT_CONFIG_(GLOBAL|SYSTEM|NOSYSTEM))$/i;

/** Runs `git fetch …`; never rejects. */
export async function fetchByGit(words: readonly string[], run: NetworkRun): Promise<Ran> {
  const { simpleGit } = await import('simple-git');
  const stop = new AbortController();
  let late = false;
  function end(): void {
    endTree(run.dir);
    stop.abort();
  }
  const timer = setTimeout(() => {
    late = true;
    end();
  }, run.patience);
  const env = environmentOf(run);
  const git = simpleGit({
    baseDir: run.dir,
    abort: stop.signal,
    allowEnvironment: Object.keys(env).filter((name) => /^(GIT|SSH)_/i.test(name)),
    unsafe: {
      // The settings are ours, and switch off; the programs are the operator's own.
      allowUnsafeHooksPath: true,
      allowUnsafeFsMonitor: true,
      allowUnsafeCredentialHelper: true,
      allowUnsafeConfigPaths: true,
      allowUnsafeConfigEnvCount: true,
      allowUnsafeAskPass: true,
      allowUnsafeSshCommand: true,
    },
  })
    .env(env)
    .outputHandler((_command, stdout, stderr) => bound([stdout, stderr], end));
  run.signal.addEventListener('abort', end);
  willRun(end);
  try {
    if (run.signal.aborted) return { ended: 'stopped' };
    await git.raw([`--git-dir=${run.dir}`, 'fetch', ...words]);
    return { ended: 'done' };
  } catch (error) {
    if (late) return { ended: 'late' };
    if (run.signal.aborted) return { ended: 'stopped' };
    return { ended: 'failed', said: withoutSecrets(error instanceof Error ? error.message : String(error)) };
  } finally {
    clearTimeout(timer);
    run.signal.removeEventListener('abort', end);
    hasEnded(end);
  }
}

function bound(outputs: readonly NodeJS.ReadableStream[], end: () => void): void {
  let said = 0;
  for (const output of outputs) {
    output.on('data', (chunk: Buffer) => {
      said += chunk.length;
      if (said > MOST_SAID) end();
    });
  }
}

/** Settings travel in the environment, which other users cannot read, and never in a command line or a file. */
function environmentOf({ protocol, settings, surroundings, trace }: NetworkRun): Readonly<Record<string, string>> {
  const handedOn = Object.entries(surroundings).filter(
    (entry): entry is [string, string] => HANDED_ON.test(entry[0]) && entry[1] !== undefined,
  );
  const numbered = settings.flatMap(([name, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, name] as const,
    [`GIT_CONFIG_VALUE_${index}`, value] as const,
  ]);
  return {
    ...Object.fromEntries(handedOn),
    ...Object.fromEntries(numbered),
    ...(trace !== undefined && { GIT_TRACE2_EVENT: trace }),
    GIT_CONFIG_COUNT: String(settings.length),
    GIT_ALLOW_PROTOCOL: ALLOWED[protocol],
    GIT_TERMINAL_PROMPT: '0',
    // Nobody is there to answer a window; ssh is kept from its terminal by a program that says nothing.
    GIT_ASKPASS: '',
    SSH_ASKPASS: 'false',
    SSH_ASKPASS_REQUIRE: 'force',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_NO_LAZY_FETCH: '1',
    LC_ALL: 'C.UTF-8',
    LANGUAGE: 'C',
  };
}
