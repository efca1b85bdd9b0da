/** What the commands of a step are for, followed through scripts, targets and files for a few hops. Neutral to the system that runs them. */
import type { Place } from '../../model.ts';
import { filesApplied, runNothing } from './applied-objects.ts';
import { carriedBy, environmentIn } from './artefacts.ts';
import { meaningsOf } from './commands.ts';
import { imageTests } from './image-tests.ts';
import { targets } from './makefiles.ts';
import { promisesOf } from './names.ts';
import { packageScripts } from './package-scripts.ts';
import type { Intent, Purpose } from './pipeline.ts';
import { commandsIn, type ShellCommand, type ShellOptions } from './shell.ts';
import { createsNothing } from './terraform-folders.ts';
import { configured } from './test-configs.ts';
import { joined, type Led, type Script, type World } from './world.ts';
import { baseName, unwrap } from './wrappers.ts';

/** A step's commands and how they are run. */
export interface Step {
  readonly text: string;
  readonly options: ShellOptions;
  /** Folder it starts in; undefined where an expression decides. */
  readonly cwd: string | undefined;
  /** Place of a line of the text, from 1. */
  at(line: number): Place;
}

/** Most hops from a step to a tool, and most commands that are followed for one step. */
const MOST_HOPS = 5;
const MOST_COMMANDS = 3000;

/** Purposes of a step's commands, one for each intent and tool. */
export function purposesOf(step: Step, world: World): readonly Purpose[] {
  const walk: Walk = { step, world, seen: new Set(), found: [], left: MOST_COMMANDS };
  const script = { text: step.text, path: '', line: 1, options: step.options, cwd: step.cwd };
  follow(script, walk, { hops: 0 });
  return distinct(walk.found);
}

/** Purposes of an image's build. */
export function purposesOfScripts(
  scripts: readonly Script[],
  step: Omit<Step, 'text'>,
  world: World,
): readonly Purpose[] {
  const walk: Walk = {
    step: { ...step, text: '', at: step.at },
    world,
    seen: new Set(),
    found: [],
    left: MOST_COMMANDS,
  };
  for (const script of scripts)
    follow(script, walk, { hops: 1, line: 1, via: { path: script.path, line: script.line } });
  return distinct(walk.found);
}

/** The first of each kind; one whose failure counts before one whose failure is lost. */
export function distinct(purposes: readonly Purpose[]): readonly Purpose[] {
  const kept = new Map<string, Purpose>();
  for (const it of purposes) {
    const key = [
      it.intent,
      it.tool,
      it.strength === 'named',
      it.environment,
      it.condition,
      it.at.line,
      it.via?.path,
    ].join(' ');
    const before = kept.get(key);
    if (!before) kept.set(key, it);
    else if (before.weakened !== undefined && it.weakened === undefined) kept.set(key, it);
  }
  return [...kept.values()];
}

interface Walk {
  readonly step: Step;
  readonly world: World;
  readonly seen: Set<string>;
  readonly found: Purpose[];
  left: number;
}

/** The way from the step to a script. */
interface Way {
  readonly hops: number;
  /** Line of the step from which it leads on. */
  readonly line?: number;
  /** Command of the step that leads on. */
  readonly shown?: string;
  readonly via?: Place;
  readonly weakened?: string | undefined;
  /** On the way something chooses, and what is not known. */
  readonly perhaps?: true;
}

function follow(script: Script, walk: Walk, way: Way): void {
  let { cwd } = script;
  for (const { command, words, inner } of readShell(script, walk.world)) {
    walk.left -= 1;
    if (walk.left < 0) return;
    const [program = '', first = ''] = words;
    if (/^(?:cd|pushd)$/.test(program)) cwd = joined(cwd, first);
    else if (program === 'popd') cwd = script.cwd;
    const on = ahead(command, script, way);
    if (inner !== undefined) follow({ ...script, text: inner, cwd }, walk, on);
    else one(command, words, { ...script, cwd }, walk, on);
  }
}

/** A command as it is written, and what it starts in the end. */
interface Started {
  readonly command: ShellCommand;
  readonly words: readonly string[];
  readonly inner: string | undefined;
}

const shells = new WeakMap<World, Map<string, readonly Started[]>>();

/** The commands of a text, which many jobs may share. */
function readShell({ text, options }: Script, world: World): readonly Started[] {
  const known = shells.get(world) ?? new Map<string, readonly Started[]>();
  shells.set(world, known);
  const key = [options.errexit, options.pipefail, ...(options.args ?? []), text].join('\0');
  const before = known.get(key);
  if (before) return before;
  const read = commandsIn(text, options).map((command): Started => {
    const { words, script } = unwrap(command.words);
    return { command, words, inner: script };
  });
  known.set(key, read);
  return read;
}

/** The way as it is after one more command. */
function ahead(command: ShellCommand, script: Script, way: Way): Way {
  const weakened = way.weakened ?? script.weakened ?? command.weakened;
  const line = way.line ?? command.line;
  const via = script.path === '' ? way.via : { path: script.path, line: script.line + command.line - 1 };
  const shown = way.shown ?? shortened(command.text);
  const perhaps = way.perhaps ?? command.perhaps;
  return {
    ...(perhaps && { perhaps }),
    hops: way.hops,
    line,
    shown,
    ...(via && { via }),
    ...(weakened !== undefined && { weakened }),
  };
}

/** What goes somewhere, so that where to and what is asked. */
export const DELIVERS = /^(?:deploy|image-|canary|rollback|migrate|release|smoke)/;

function one(command: ShellCommand, words: readonly string[], script: Script, walk: Walk, way: Way): void {
  const { world, step } = walk;
  const meanings = meaningsOf(words, hasJvmTests(world)).filter(({ intent }) => script.only?.includes(intent) ?? true);
  for (const { intent, tool } of meanings) {
    if (tool === 'terraform' && createsNothing(words, script.cwd, world)) continue;
    if (tool === 'kubectl' && intent === 'deploy' && runNothing(filesApplied(words), script.cwd, world)) continue;
    const environment = DELIVERS.test(intent) ? environmentIn(words, intent === 'smoke-test') : undefined;
    const carries = DELIVERS.test(intent) ? carriedBy(command.text) : [];
    walk.found.push({
      intent,
      strength: way.perhaps ? 'named' : way.hops === 0 ? 'run' : 'one-hop',
      tool,
      shown: way.shown ?? '',
      at: step.at(way.line ?? 1),
      ...(way.via && { via: way.via }),
      ...(way.weakened !== undefined && { weakened: way.weakened }),
      ...(environment !== undefined && { environment }),
      ...(carries.length > 0 && { carries }),
    });
  }
  const led = ledBy(words, script.cwd, world);
  const unclear =
    led === 'nowhere' || (led === undefined && (!PLUMBING.test(baseName(words[0] ?? '')) || isOwnProgram(words)));
  if (unclear && meanings.length === 0) promised(promisesOf(words.map(withoutFolder).join(' ')), walk, way, script);
  if (/^(?:curl|gh|http|wget)$/.test(words[0] ?? '') && /\/dispatches\b|^gh workflow run/.test(words.join(' ')))
    promised(['deploy'], walk, way, script);
  if (led === undefined || led === 'nowhere' || way.hops >= MOST_HOPS) return;
  for (const next of led) {
    const key = `${next.path}:${next.line}:${next.text}`;
    if (next.path !== '' && walk.seen.has(key)) continue;
    walk.seen.add(key);
    // A command within a command is not a hop, but a circle of them has to end.
    const hops = next.path === '' ? way.hops : way.hops + 1;
    const only = next.only ?? script.only;
    follow({ ...next, ...(only && { only }) }, walk, { ...way, hops });
  }
}

/** Folders say where something is kept, not what it does. */
function withoutFolder(word: string): string {
  return baseName(word.replace(/\/+$/, ''));
}

/** A program of the repository that is built and run at once. */
function isOwnProgram([program, first]: readonly string[]): boolean {
  return program === 'go' && first === 'run';
}

/** Programs that are what they are, whatever words follow. */
const PLUMBING =
  /^(?:install|\[|\[\[|:|\.|true|false|test|echo|printf|git|gh|cp|mv|rm|mkdir|rmdir|ls|cat|sed|awk|grep|egrep|rg|find|cd|pushd|popd|export|set|unset|source|exit|return|jq|yq|curl|wget|tar|unzip|zip|gzip|apt|apt-get|apk|yum|dnf|brew|choco|pip3?|pipx|npm|npx|yarn|pnpm|bun|gem|bundle|go|cargo|rustup|dotnet|mvnw?|gradlew?|composer|docker|docker-compose|podman|kubectl|oc|helm|kustomize|terraform|terragrunt|aws|az|gcloud|gsutil|cf|fly|flyctl|heroku|chmod|chown|sleep|touch|ln|tee|sort|uniq|head|tail|cut|tr|wc|date|env|which|command|type|read|local|declare|eval|trap|wait|kill|pkill|ps|df|du|base64|openssl|ssh|scp|rsync|ssh-keyscan|sudo|su|systemctl|service|hostname|uname|tree|diff|cmp|md5sum|sha256sum|basename|dirname|realpath|xargs|seq|bc|expr|let|nc|ping|dig|psql|mysql|redis-cli|mongo|mongosh|createdb|pg_isready|sqlite3|codecov|coveralls|poetry|uv|corepack|nvm|asdf|mise|tsc|eslint|prettier)$/;

/** What is called was not found or is not known, so that only its name speaks. */
function promised(intents: readonly Intent[], { found, step }: Walk, way: Way, { only }: Script): void {
  for (const intent of intents) {
    if (only && !only.includes(intent)) continue;
    found.push({
      intent,
      strength: 'named',
      shown: way.shown ?? '',
      at: step.at(way.line ?? 1),
      ...(way.via && { via: way.via }),
    });
  }
}

function ledBy(words: readonly string[], cwd: string | undefined, world: World): Led {
  const [program = ''] = words;
  const named = [program.startsWith('@') ? program : baseName(program), ...words.slice(1)];
  return (
    targets(named, cwd, world) ??
    packageScripts(named, cwd, world) ??
    imageTests(named, cwd, world) ??
    configured(named, cwd, world) ??
    scriptFile(words, cwd, world)
  );
}

const SHELLS = /^(?:ba|da|z|k)?sh$|^(?:source|\.)$/;
const INTERPRETERS = /^(?:python[\d.]*|node|ruby|php|perl|tsx|ts-node|pwsh|powershell|Rscript|groovy)$/;

/** A file of the repository that is run: its text where it is shell, else only its name. */
function scriptFile(words: readonly string[], cwd: string | undefined, world: World): Led {
  const [program = '', ...args] = words;
  const shell = SHELLS.test(baseName(program)) && !program.includes('/');
  const started = shell || INTERPRETERS.test(program);
  const written = started
    ? (args.find((it) => !it.startsWith('-') && it.includes('.')) ?? args.find((it) => !it.startsWith('-')))
    : program;
  if (written === undefined || (!started && !written.includes('/'))) return undefined;
  const path = found(written, cwd, world);
  if (path === undefined)
    return started || /\.(?:sh|bash|py|js)$/.test(written) || written.startsWith('./') ? 'nowhere' : undefined;
  const text = world.text(path) ?? '';
  const isShell = shell || /\.(?:sh|bash)$/.test(path) || /^#!.*\b(?:ba|da|z|k)?sh\b/.test(text);
  if (!isShell || /^(?:gradlew|mvnw)$/.test(baseName(path)))
    return /^(?:gradlew|mvnw|artisan|manage\.py)$/.test(baseName(path)) ? undefined : 'nowhere';
  const given = args.slice(started ? args.indexOf(written) + 1 : 0);
  return [{ text, path, line: 1, options: { errexit: false, pipefail: false, args: given }, cwd }];
}

/** Scripts are written for the folder they are called from or for the root. */
function found(written: string, cwd: string | undefined, world: World): string | undefined {
  const plain = written.replace(/^["']?\$\{?(?:GITHUB_WORKSPACE|PWD|CI_PROJECT_DIR|WORKSPACE)\}?["']?\//, '');
  return [joined(cwd, plain), joined('', plain)].find((path) => path !== undefined && world.paths.has(path));
}

const jvm = new WeakMap<World, boolean>();

/** Whether there is anything for `mvn verify` or `gradle check` to run. */
function hasJvmTests(world: World): boolean {
  const known = jvm.get(world);
  if (known !== undefined) return known;
  const has = [...world.paths].some((path) =>
    /\/?src\/(?:\w*[tT]est\w*)\/.*\.(?:java|kt|kts|scala|groovy)$|(?:Tests?|Spec|IT)\.(?:java|kt|scala|groovy)$/.test(
      path,
    ),
  );
  jvm.set(world, has);
  return has;
}

const LONGEST_SHOWN = 80;

function shortened(text: string): string {
  const line = text.replace(/\\\n/g, ' ').replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_SHOWN ? `${line.slice(0, LONGEST_SHOWN)}…` : line;
}
