/** Buildkite: steps as jobs, in parallel up to the next `wait` or by `depends_on`. What starts a build is set in Buildkite, not in the file. */
import { list, record, word } from '../plain-value.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import { type Library, placeAt, promised, type Source, toldBy } from './github-steps.ts';
import { infixHolds, type Truth } from './infix.ts';
import { jobOf } from './job-draft.ts';
import type { Job, Pipeline, Purpose, Use } from './pipeline.ts';
import { linesAt, shellPurposes } from './shell-step.ts';
import { runsIn, type Situation, situationsOf, TAG, takes } from './situations.ts';

type Members = Readonly<Record<string, unknown>>;

/** The file that is uploaded first; others are uploaded by a command, and read there. */
const ROOT = /^\.buildkite\/pipeline\.ya?ml$/;
const MOST_STEPS = 300;
const DEEPEST = 3;

/** The pipeline of a repository. */
export function readBuildkite(path: string, library: Library): readonly Pipeline[] {
  const source = library.source(path);
  const siblings = [...library.world.paths].some((it) => ROOT.test(it));
  if (!source || (siblings && !ROOT.test(path))) return [];
  const jobs = jobsOf(path, library, 0);
  return jobs.length === 0
    ? []
    : [
        {
          system: 'buildkite',
          name: path,
          triggers: [],
          startedBy: 'settings of Buildkite',
          jobs,
          at: { path, line: 1 },
        },
      ];
}

interface Order {
  /** All before the last wait. */
  awaited: readonly string[];
  /** Since then. */
  since: string[];
  /** The wait goes on although something failed. */
  anyway: boolean;
}

function jobsOf(path: string, library: Library, depth: number): readonly Job[] {
  const source = library.source(path);
  if (!source || !library.spend({ path })) return [];
  const { value } = source.document;
  const root: YamlPath = Array.isArray(value) ? [] : ['steps'];
  const situations = situationsOf(library.world.text(path) ?? '');
  const order: Order = { awaited: [], since: [], anyway: false };
  const scope: Scope = { source, library, situations, order, depth, env: toldBy(record(value).env), jobs: [] };
  walk(Array.isArray(value) ? value : record(value).steps, root, scope);
  return scope.jobs;
}

interface Scope {
  readonly source: Source;
  readonly library: Library;
  readonly situations: readonly Situation[];
  readonly order: Order;
  readonly depth: number;
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: Job[];
}

function walk(steps: unknown, path: YamlPath, scope: Scope): void {
  for (const [index, it] of list(steps).slice(0, MOST_STEPS).entries()) {
    const step = record(it);
    const here = [...path, index];
    if (it === 'wait' || 'wait' in step || step.type === 'wait') waited(scope.order, step.continue_on_failure === true);
    else if ('block' in step || it === 'block') {
      // Nobody passes it but by a person's hand.
      add(blockOf(step, here, scope), scope);
      waited(scope.order, false);
    } else if ('input' in step) waited(scope.order, false);
    else if (Array.isArray(step.steps)) walk(step.steps, [...here, 'steps'], scope);
    else add(stepOf(step, index, here, scope), scope);
  }
}

function waited(order: Order, anyway: boolean): void {
  order.awaited = [...order.awaited, ...order.since];
  order.since = [];
  order.anyway = anyway;
}

function add(job: Job, { jobs, order }: Scope): void {
  jobs.push(job);
  order.since.push(job.id);
}

function blockOf(step: Members, path: YamlPath, { source, order }: Scope): Job {
  return jobOf({
    id: word(step.key) ?? word(step.block) ?? 'block',
    needs: [...order.awaited, ...order.since],
    manual: true,
    purposes: [],
    at: placeAt(source, path),
  });
}

function stepOf(step: Members, index: number, path: YamlPath, scope: Scope): Job {
  const { source, situations, order } = scope;
  const name = word(step.label) ?? word(step.name);
  const on = step.depends_on;
  const needs = (Array.isArray(on) ? on : [on]).flatMap((it) => word(it) ?? word(record(it).step) ?? []);
  const soft = step.soft_fail !== undefined && step.soft_fail !== false ? 'soft_fail is set' : undefined;
  const doings = doingsOf(step, path, scope);
  return jobOf({
    id: word(step.key) ?? word(step.id) ?? name ?? `step ${index + 1}`,
    name,
    needs: on === undefined ? order.awaited : needs,
    runs: runsIn(situations, (it) => stepHolds(step, it)),
    after: order.anyway && on === undefined ? 'anything' : undefined,
    weakened: soft,
    ...doings,
    at: placeAt(source, path),
  });
}

/** `if` and `branches`: buildkite.com/docs/pipelines/configure/conditionals. */
function stepHolds(step: Members, { event, branch }: Situation): Truth {
  const branches = (word(step.branches) ?? '').split(/\s+/).filter(Boolean);
  if (branches.length > 0 && event !== 'tag') {
    const left = branches.filter((it) => it.startsWith('!')).map((it) => it.slice(1));
    const taken = branches.filter((it) => !it.startsWith('!'));
    if (takes(left, branch) === true || (taken.length > 0 && takes(taken, branch) === false)) return false;
  }
  const condition = word(step.if);
  if (condition === undefined) return step.skip !== true;
  return infixHolds(condition, (name) => {
    if (name === 'build.branch') return event === 'tag' ? TAG : branch;
    if (name === 'build.tag') return event === 'tag' ? TAG : null;
    if (name === 'build.pull_request.id') return event === 'change' ? '1' : null;
    return name === 'build.source' && event === 'schedule' ? 'schedule' : undefined;
  });
}

interface Doings {
  readonly purposes: readonly Purpose[];
  readonly uses: readonly Use[];
}

function doingsOf(step: Members, path: YamlPath, scope: Scope): Doings {
  const { source, library, env, depth } = scope;
  const at = placeAt(source, path);
  const trigger = word(step.trigger);
  if (trigger !== undefined) {
    library.delegate(at, trigger);
    return {
      purposes: promised(`${trigger} ${word(step.label) ?? ''}`, trigger, at),
      uses: [{ kind: 'workflow', target: trigger, pinned: false, local: false, at }],
    };
  }
  const key = ['commands', 'command'].find((it) => step[it] !== undefined) ?? 'command';
  const lines = linesAt(source, [...path, key], step[key]);
  const around = { options: { errexit: true, pipefail: false }, cwd: '', env: { ...env, ...toldBy(step.env) } };
  const uploaded = [
    ...lines.text.matchAll(/buildkite-agent pipeline upload[ \t]+(?:--\S+[ \t]+)*([\w./-]+\.ya?ml)/g),
  ].map(([, it = '']) => it);
  const local = depth < DEEPEST ? uploaded.filter((it) => library.world.paths.has(it)) : [];
  const within = local
    .flatMap((it) => jobsOf(it, library, depth + 1))
    .flatMap((it) => it.purposes.map((purpose): Purpose => ({ ...purpose, at, via: purpose.via ?? purpose.at })));
  if (/buildkite-agent pipeline upload/.test(lines.text) && local.length === 0)
    library.delegate(at, 'a pipeline that a command makes');
  const composed = list(step.plugins)
    .flatMap((it) => Object.entries(record(it)))
    .flatMap(([name, told]) => plugin(name, record(told)));
  return {
    purposes: [
      ...shellPurposes({ ...around, ...lines }, library.world),
      ...within,
      ...composed.flatMap((text) => shellPurposes({ ...around, text, at: () => at }, library.world)),
    ],
    uses: [],
  };
}

/** The plugin of docker compose builds, pushes and runs services; the step's own command is what it runs otherwise. */
function plugin(name: string, told: Members): readonly string[] {
  if (!/docker-compose#/.test(name)) return [];
  return [
    told.build !== undefined ? 'docker compose build' : '',
    told.push !== undefined ? 'docker compose push' : '',
    word(told.run) === undefined ? '' : `docker compose run ${word(told.run)}`,
  ].filter(Boolean);
}
