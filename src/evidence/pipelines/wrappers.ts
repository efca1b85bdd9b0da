/** Takes away what merely starts another command: sudo, timeout, npx, poetry run, docker compose run and the like. */

/** What remains. */
export interface Unwrapped {
  readonly words: readonly string[];
  /** A text of shell that it hands to a shell, in place of words. */
  readonly script?: string;
}

/** How a starter is told, and what comes between it and the command. */
interface Starter {
  /** The words it begins with; alternatives within one word are separated by `|`. */
  readonly begins: string;
  /** Options that take a value, beyond those written with `=`. */
  readonly valued?: string;
  /** Words after the options that belong to it. */
  readonly skips?: number;
  /** The command begins after `--` only. */
  readonly dashes?: true;
}

const STARTERS: readonly Starter[] = [
  { begins: 'sudo', valued: '-u -g -h -p' },
  { begins: 'time|nohup|command|exec|builtin|chronic|caffeinate|dbus-run-session|stdbuf|unbuffer|winpty|setsid' },
  { begins: 'nice|ionice', valued: '-n -c' },
  { begins: 'env|cross-env|cross-env-shell', valued: '-u -C' },
  { begins: 'timeout|gtimeout', valued: '-s -k', skips: 1 },
  { begins: 'retry', valued: '-t -d -s --times --delay --tries --sleep' },
  { begins: 'xvfb-run', valued: '-n -s -e -f -w' },
  { begins: 'xargs', valued: '-n -I -P -L -d' },
  { begins: 'npx|bunx|pnpx', valued: '-p --package' },
  { begins: 'pnpm|npm|yarn|bun exec|dlx|x', valued: '-p --package --filter -F -w --workspace' },
  {
    begins: 'uv|poetry|pipenv|pdm|rye|hatch|pixi|pipx run',
    valued: '--with --group --extra --python -p --package --project --directory -C -e',
  },
  { begins: 'uvx', valued: '--with --from --python -p' },
  { begins: 'conda|mamba|micromamba run', valued: '-n -p --name --prefix --cwd' },
  { begins: 'bundle exec' },
  { begins: 'mise|rtx exec|x', dashes: true },
  { begins: 'asdf|devbox exec|run' },
  { begins: 'direnv exec', skips: 1 },
  { begins: 'dotenv|dotenvx|op|doppler|infisical|chamber|aws-vault|teller|sops|vault', dashes: true },
  { begins: 'go tool' },
  { begins: 'coverage run -m' },
  { begins: 'coverage run', valued: '--source --omit --include --rcfile --branch-rate --data-file --context' },
  { begins: 'python|python3|py -m' },
  { begins: 'nyc|c8', valued: '-r --reporter --check-coverage-rate --exclude --include' },
  { begins: 'ddtrace-run|opentelemetry-instrument|newrelic-admin', skips: 0 },
  { begins: 'wait-for-it|wait-for-it.sh|wait-for|dockerize', dashes: true },
  { begins: 'docker|podman|nerdctl exec', valued: '-e --env -w --workdir -u --user --env-file', skips: 1 },
  { begins: 'docker|podman compose exec', valued: '-e --env -w --workdir -u --user --index', skips: 1 },
  { begins: 'docker-compose exec', valued: '-e --env -w --workdir -u --user --index', skips: 1 },
  { begins: 'kubectl exec', dashes: true },
];

/** Options of `docker` and `docker compose` that come before their command and take a value. */
const GLOBAL =
  /^(?:-f|--file|-p|--project-name|--profile|--env-file|--project-directory|--ansi|--progress|-H|--host|-c|--context)$/;

const MOST_LAYERS = 8;

/** The command that is started in the end. */
export function unwrap(words: readonly string[]): Unwrapped {
  let rest = words;
  for (let layer = 0; layer < MOST_LAYERS; layer += 1) {
    const script = shellText(rest);
    if (script !== undefined) return { words: rest, script };
    const inner = started(withoutGlobals(rest));
    if (inner === undefined || inner.length === 0) break;
    rest = inner;
  }
  return { words: withoutGlobals(rest) };
}

/** `docker compose -f a.yml run x` as `docker compose run x`. */
function withoutGlobals(words: readonly string[]): readonly string[] {
  const [program = '', second] = words;
  if (!/^(?:docker|podman|docker-compose)$/.test(baseName(program))) return words;
  const head = second === 'compose' ? 2 : 1;
  let at = head;
  while (words[at]?.startsWith('-')) at += GLOBAL.test(words[at] ?? '') ? 2 : 1;
  return [baseName(program), ...words.slice(1, head), ...words.slice(at)];
}

/** Starters by the program's name. */
const BY_PROGRAM = new Map<string, Starter[]>();
for (const starter of STARTERS)
  for (const program of (starter.begins.split(' ', 1)[0] ?? '').split('|'))
    BY_PROGRAM.set(program, [...(BY_PROGRAM.get(program) ?? []), starter]);

function started(words: readonly string[]): readonly string[] | undefined {
  const starter = BY_PROGRAM.get(baseName(words[0] ?? ''))?.find(({ begins }) => beginsWith(words, begins));
  if (!starter) return undefined;
  const { begins, valued = '', skips = 0, dashes } = starter;
  const after = words.slice(begins.split(' ').length);
  if (dashes) {
    const dash = after.indexOf('--');
    return dash < 0 ? undefined : after.slice(dash + 1);
  }
  const takesValue = new Set(valued.split(' '));
  let at = 0;
  for (; at < after.length; at += 1) {
    const word = after[at] ?? '';
    if (word === '--') {
      at += 1;
      break;
    }
    if (takesValue.has(word)) at += 1;
    else if (!word.startsWith('-') && !/^[A-Za-z_]\w*=/.test(word)) break;
  }
  return after.slice(at + skips);
}

function beginsWith(words: readonly string[], begins: string): boolean {
  return begins
    .split(' ')
    .every((part, index) => part.split('|').includes(index === 0 ? baseName(words[0] ?? '') : (words[index] ?? '')));
}

/** Shell that a command carries as one argument. */
function shellText(words: readonly string[]): string | undefined {
  const name = baseName(words[0] ?? '');
  if (/^(?:ba|da|z|a|k)?sh$/.test(name)) {
    const at = words.findIndex((word, index) => index > 0 && /^-[a-z]*c$/.test(word));
    return at > 0 ? words[at + 1] : undefined;
  }
  if (name === 'nix-shell') return words[words.indexOf('--run') + 1 || words.length];
  if (name === 'eval') return words.slice(1).join(' ');
  if (name === 'start-server-and-test' || name === 'server-test') return words.at(-1);
  if (name === 'concurrently') return words.filter((word, index) => index > 0 && !word.startsWith('-')).join('\n');
  return undefined;
}

/** A program's name without the folder it is called from. */
export function baseName(program: string): string {
  return program.slice(program.lastIndexOf('/') + 1).replace(/\.(?:exe|cmd|bat)$/i, '');
}
