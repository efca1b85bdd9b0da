/** The steps of a job or a composite action of GitHub Actions: what they are for and what they use. */
import type { Place } from '../../model.ts';
import { list, record, word } from '../plain-value.ts';
import type { YamlDocument, YamlPath } from '../yaml/yaml.ts';
import { meaningsOfAction, shellOfAction, type Told } from './actions.ts';
import { runNothing } from './applied-objects.ts';
import { carriedBy, environmentIn, namedIn } from './artefacts.ts';
import { imageBuild, imageProgram } from './image-tests.ts';
import { promisesOf } from './names.ts';
import type { Purpose, Use } from './pipeline.ts';
import { DELIVERS, distinct, purposesOf, purposesOfScripts } from './purposes.ts';
import type { ShellOptions } from './shell.ts';
import { lineOf, shellPurposes, withContext } from './shell-step.ts';
import { preCommit } from './test-configs.ts';
import { joined, type Script, type World } from './world.ts';

/** A workflow or an action within the repository. */
export interface Source {
  readonly path: string;
  readonly document: YamlDocument;
}

/** Reads workflows and actions of the repository. */
export interface Library {
  readonly world: World;
  /** A workflow or an action by its path; undefined where there is none that can be read. */
  source(path: string): Source | undefined;
  /** Whether one more job or step may be read; a repository that calls itself over and over has an end. */
  spend(at: Place): boolean;
  /** All documents of a file. */
  documents(path: string): readonly Source[];
  /** Notes what another repository does. */
  delegate(at: Place, to: string): void;
  /** Notes what could not be read of a file. */
  skip(at: Place, detail: string): void;
}

/** What holds for all steps of a job. */
export interface StepsScope {
  readonly source: Source;
  readonly path: YamlPath;
  /** Values put in for `inputs.x`. */
  readonly inputs: Told;
  /** Shell of `defaults.run`, if any. */
  readonly shell: string | undefined;
  readonly directory: string;
  readonly env: Told;
  /** Actions around these steps. */
  readonly depth: number;
}

/** What steps amount to. */
export interface Doings {
  readonly purposes: readonly Purpose[];
  readonly uses: readonly Use[];
}

/** Most actions within actions, and most steps of one job. */
const DEEPEST = 4;
const MOST_STEPS = 300;

/** Purposes and uses of all steps, in their order. */
export function doingsOf(scope: StepsScope, library: Library): Doings {
  const at = placeAt(scope.source, scope.path);
  const steps = list(valueAt(scope))
    .slice(0, MOST_STEPS)
    .filter(() => library.spend(at));
  const doings = steps.map((step, index) => oneStep(record(step), index, scope, library));
  return { purposes: doings.flatMap(({ purposes }) => purposes), uses: doings.flatMap(({ uses }) => uses) };
}

function valueAt({ source: { document }, path }: StepsScope): unknown {
  return path.reduce<unknown>(
    (value, key) => (Array.isArray(value) ? value[Number(key)] : record(value)[String(key)]),
    document.value,
  );
}

type Members = Readonly<Record<string, unknown>>;

function oneStep(step: Members, index: number, scope: StepsScope, library: Library): Doings {
  const path = [...scope.path, index];
  const doings = typeof step.uses === 'string' ? used(step, path, scope, library) : ran(step, path, scope, library);
  const weakened = step['continue-on-error'] === true ? 'continue-on-error is set' : undefined;
  const condition = substituted(word(step.if) ?? '', scope.inputs);
  return {
    uses: doings.uses,
    purposes: doings.purposes.map((it) => ({
      ...it,
      ...(weakened !== undefined && { weakened }),
      ...(condition !== '' && { condition: both(condition, it.condition) }),
    })),
  };
}

/** Two conditions that both have to hold. */
export function both(outer: string, inner: string | undefined): string {
  return inner === undefined ? outer : `(${outer}) && (${inner})`;
}

/** What a caller, a matrix or the environment gives, put in its place; lines stay as many as they are. */
export function substituted(text: string, inputs: Told): string {
  return text.replace(
    /\$\{\{\s*(?:(?:inputs|github\.event\.inputs)\.([\w-]+)|((?:matrix|env)\.[\w.-]+))\s*\}\}/g,
    (whole, input?: string, cell?: string) => inputs[(input ?? cell ?? '').toLowerCase()]?.replace(/\n/g, ' ') ?? whole,
  );
}

/** Variables as expressions name them. */
export function asExpressions(env: Told): Told {
  return Object.fromEntries(Object.entries(env).map(([key, value]) => [`env.${key}`, value]));
}

/** Members as texts, by lower-case key. */
export function toldBy(value: unknown, inputs: Told = {}): Told {
  return Object.fromEntries(
    Object.entries(record(value)).flatMap(([key, it]) => {
      const text = word(it);
      return text === undefined ? [] : [[key.toLowerCase(), substituted(text, inputs)]];
    }),
  );
}

function ran(step: Members, path: YamlPath, scope: StepsScope, { world }: Library): Doings {
  if (typeof step.run !== 'string') return { purposes: [], uses: [] };
  const shell = word(step.shell) ?? scope.shell;
  if (/^(?:python|node|perl|ruby)/.test(shell ?? '')) return { purposes: [], uses: [] };
  const env = { ...scope.env, ...toldBy(step.env, scope.inputs) };
  const directory = substituted(word(step['working-directory']) ?? scope.directory, scope.inputs);
  const purposes = shellPurposes(
    {
      text: substituted(step.run, scope.inputs),
      options: optionsOf(shell),
      cwd: joined('', directory.replace(/^\$\{\{\s*github\.workspace\s*\}\}\/?/, '')),
      env,
      at: (line) => lineOf(scope.source, [...path, 'run'], line),
    },
    world,
  );
  return { purposes, uses: [] };
}

/** Without a word the shell is `bash -e`; `bash` by name stops at failures within pipes too. */
function optionsOf(shell: string | undefined): ShellOptions {
  if (shell === undefined) return { errexit: true, pipefail: false };
  if (/^(?:bash|sh|pwsh|powershell|cmd)$/.test(shell)) return { errexit: true, pipefail: shell !== 'sh' };
  return { errexit: !shell.includes('bash') || /-\w*e/.test(shell), pipefail: /pipefail|pwsh|powershell/.test(shell) };
}

function used(step: Members, path: YamlPath, scope: StepsScope, library: Library): Doings {
  const target = String(step.uses);
  const at = placeAt(scope.source, [...path, 'uses']);
  const told = toldBy(step.with, scope.inputs);
  const env = { ...scope.env, ...toldBy(step.env, scope.inputs) };
  if (target.startsWith('./')) return local(target, at, told, scope, library);
  const use = useOf(target, at, told);
  const action = target.split('@', 1)[0] ?? '';
  const around = { told, env, name: word(step.name) ?? '' };
  return { uses: [use], purposes: distinct(actionPurposes(action, at, around, library)) };
}

/** An image that is run as a step is the program it is named after. */
function imageCommand(target: string, { args = '' }: Told): readonly string[] {
  const name = target.startsWith('docker://') ? imageProgram(target.slice('docker://'.length)) : undefined;
  return name === undefined ? [] : [`${name} ${args}`];
}

interface Around {
  readonly told: Told;
  readonly env: Told;
  readonly name: string;
}

function actionPurposes(
  action: string,
  at: Place,
  { told, env, name }: Around,
  { world }: Library,
): readonly Purpose[] {
  const all = [...Object.values(told), ...Object.values(env)];
  const environment = environmentOf(told, env);
  const carries = carriedBy(all.join(' '));
  const applied = (told.resource ?? env.resource ?? '').split(',').filter((it) => it !== '');
  if (runNothing(applied, '', world)) return [];
  const known = meaningsOfAction(action, told).map(
    ({ intent, tool }): Purpose => ({
      intent,
      strength: 'run',
      tool,
      shown: action,
      at,
      ...(DELIVERS.test(intent) && environment !== undefined && { environment }),
      ...(DELIVERS.test(intent) && carries.length > 0 && { carries }),
    }),
  );
  const step = {
    options: { errexit: true, pipefail: false },
    cwd: joined('', told['working-directory'] ?? told.directory ?? ''),
    at: () => at,
  };
  const shell = [...shellOfAction(action, told), ...imageCommand(action, told)].flatMap((text) =>
    purposesOf({ ...step, text }, world).map((it) => withContext(it, { ...told, ...env })),
  );
  const hooks = /^pre-commit\/action$/.test(action) ? preCommit(world) : undefined;
  const within = [...(Array.isArray(hooks) ? hooks : []), ...builtBy(action, told, world)];
  const found = [...known, ...shell, ...purposesOfScripts(within, step, world)];
  if (found.length === 0 && DISPATCHES.test(action))
    return promised(`${name} ${all.join(' ')}`, action, at, environment);
  return found.length > 0 || PLUMBING.test(action) ? found : promised(`${action} ${name}`, action, at, environment);
}

/** Actions that start what another repository, or another workflow, does. */
const DISPATCHES = /dispatch|trigger-workflow|workflow-trigger/i;

/** Actions that prepare, fetch, keep and tell: whatever their name holds, they test and deploy nothing. */
const PLUMBING =
  /^(?:actions\/|docker\/(?:setup|login|metadata)|aws-actions\/(?:configure|amazon-ecr|amazon-ecs-render)|azure\/(?:login|setup|docker-login)|google-github-actions\/(?:auth|setup|get)|hashicorp\/setup|codecov\/|dorny\/|step-security\/|github\/|peter-evans\/|tj-actions\/changed|[\w.-]+\/(?:setup|install|cache|upload|download|checkout|login|configure|publish-\S*results?|test-reporter|\S*-reporter|\S*report\S*|\S*comment\S*|\S*label\S*)\b)/i;

/** What the name of an action or a workflow promises that cannot be looked into. */
export function promised(name: string, shown: string, at: Place, environment?: string): readonly Purpose[] {
  return promisesOf(name).map((intent) => ({
    intent,
    strength: 'named',
    shown,
    at,
    ...(environment !== undefined && { environment }),
  }));
}

function builtBy(action: string, told: Told, world: World): readonly Script[] {
  if (!/^docker\/build-push-action$/.test(action)) return [];
  const context = joined('', told.context ?? '.') ?? '';
  const path = told.file === undefined ? joined(context, 'Dockerfile') : joined('', told.file);
  return path === undefined ? [] : (imageBuild(path, told.target, world) ?? []);
}

const TELLING = [
  'environment',
  'env',
  'deploy_env',
  'environment_name',
  'environment-name',
  'environment-key',
  'cluster',
  'stage',
  'namespace',
  'target',
  'space',
  'slot-name',
  'service',
  'app-name',
  'cf_space',
  'resource',
];

/** The environment that an action or a workflow is told. */
export function environmentOf(told: Told, env: Told = {}): string | undefined {
  const all = { ...env, ...told };
  const first = TELLING.flatMap((key) => (all[key] === undefined ? [] : namedIn(all[key] ?? '')))[0];
  return first ?? environmentIn(['', ...Object.values(all)]);
}

/** One use of something from elsewhere. */
export function useOf(target: string, at: Place, told: Told = {}): Use {
  const [name = '', version = ''] = target.split('@');
  const kind = target.startsWith('docker://') ? 'image' : /\.ya?ml$/.test(name) ? 'workflow' : 'action';
  const pinned = kind === 'image' ? /@sha256:[0-9a-f]{64}$/.test(target) : /^[0-9a-f]{40}$/.test(version);
  const ref = /^actions\/checkout$/.test(name) ? told.ref : undefined;
  return { kind, target, pinned, local: false, at, ...(ref !== undefined && { ref }) };
}

/** Actions of this repository: their steps are this step's. */
function local(target: string, at: Place, told: Told, scope: StepsScope, library: Library): Doings {
  const folder = joined('', target) ?? '';
  const source = ['action.yml', 'action.yaml']
    .map((name) => library.source(folder === '' ? name : `${folder}/${name}`))
    .find(Boolean);
  const use: Use = { kind: 'action', target, pinned: false, local: source !== undefined, at };
  if (!source || scope.depth >= DEEPEST) return { uses: [use], purposes: promised(target, target, at) };
  const { runs, inputs } = record(source.document.value);
  if (record(runs).using !== 'composite') return { uses: [use], purposes: promised(target, target, at) };
  const inner = doingsOf(
    {
      source,
      path: ['runs', 'steps'],
      inputs: { ...defaultsOf(inputs), ...told },
      shell: undefined,
      directory: scope.directory,
      env: scope.env,
      depth: scope.depth + 1,
    },
    library,
  );
  return { uses: [use, ...inner.uses], purposes: inner.purposes.map((it) => carriedUp(it, at)) };
}

/** Defaults of the inputs of an action or a called workflow. */
export function defaultsOf(inputs: unknown): Told {
  return Object.fromEntries(
    Object.entries(record(inputs)).flatMap(([key, it]) => {
      const value = word(record(it).default);
      return value === undefined || value === '' ? [] : [[key.toLowerCase(), value]];
    }),
  );
}

/** A purpose of what is called, as one of the caller. */
export function carriedUp(purpose: Purpose, at: Place): Purpose {
  return { ...purpose, at, via: purpose.via ?? purpose.at };
}

/** Place of a path in a workflow or an action. */
export function placeAt({ document, path: file }: Source, path: YamlPath): Place {
  return { path: file, line: document.at(path).line };
}
