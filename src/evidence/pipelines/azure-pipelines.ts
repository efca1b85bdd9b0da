/** Azure Pipelines: stages, jobs and deployments in their order, with the templates of this repository. */
import { list, record, word } from '../plain-value.ts';
import { azureAfter, azureHolds } from './azure-conditions.ts';
import { stepsOf } from './azure-steps.ts';
import { fileName, filled, type Item, itemsOf, type Part, placeOfPart, templateOf } from './azure-templates.ts';
import { azureTriggers } from './azure-triggers.ts';
import { type Library, promised } from './github-steps.ts';
import { jobOf } from './job-draft.ts';
import type { Job, Pipeline, Purpose } from './pipeline.ts';
import { bothRun, type Runs, runsIn, type Situation, situationsOf, triggersOf } from './situations.ts';

const MOST_JOBS = 300;

/** The pipeline of a file; nothing for files that others take in as templates. */
export function readAzure(path: string, library: Library): readonly Pipeline[] {
  const source = library.source(path);
  const value = record(source?.document.value);
  if (!source || !isEntry(value)) return [];
  const root: Part = { source, path: [], value: source.document.value, parameters: new Map() };
  const text = library.world.text(path) ?? '';
  const situations = situationsOf(text);
  const { started, startedBy } = azureTriggers(value, situations, library.world);
  const scope: Scope = { library, situations, started, env: variablesIn(root) };
  const jobs = allJobs(root, scope);
  if (jobs.length === 0) return [];
  const at = { path, line: 1 };
  return [
    {
      system: 'azure-pipelines',
      name: path,
      triggers: triggersOf(situations, started, at),
      ...(startedBy !== undefined && { startedBy }),
      jobs,
      at,
    },
  ];
}

/** Templates have parameters that are given to them and nothing that starts them. */
function isEntry(value: Readonly<Record<string, unknown>>): boolean {
  const starts = ['trigger', 'pr', 'schedules', 'resources', 'pool', 'extends'].some((key) => key in value);
  return ['stages', 'jobs', 'steps', 'extends'].some((key) => key in value) && (starts || !('parameters' in value));
}

/** What holds for all jobs of a pipeline. */
interface Scope {
  readonly library: Library;
  readonly situations: readonly Situation[];
  readonly started: Runs;
  readonly env: Readonly<Record<string, string>>;
}

/** Variables as a map or as a list of names and values; groups are kept elsewhere. */
function variablesIn(part: Part): Readonly<Record<string, string>> {
  const { variables } = record(part.value);
  const pairs: readonly (readonly [string, unknown])[] = Array.isArray(variables)
    ? variables
        .map(record)
        .flatMap(({ name, value }) => (word(name) === undefined ? [] : [[String(name), value] as const]))
    : Object.entries(record(variables));
  return Object.fromEntries(
    pairs.flatMap(([name, value]) => {
      const text = word(value);
      return text === undefined ? [] : [[name.toLowerCase().replaceAll('.', '_'), filled(text, part)]];
    }),
  );
}

function allJobs(root: Part, scope: Scope): readonly Job[] {
  const value = record(root.value);
  const extended = record(value.extends);
  if (typeof extended.template === 'string') {
    const part: Part = { ...root, path: ['extends'], value: extended };
    const inner = templateOf(extended.template, part, scope.library);
    return inner ? allJobs(inner, scope) : [elsewhere(extended.template, part, 'extends', [], scope.library)];
  }
  if ('stages' in value) return stagesOf(root, scope);
  if ('jobs' in value) return jobsOf(root, { name: '', needs: [], runs: scope.started, after: undefined }, scope);
  return [stepsJob(root, scope)];
}

function stepsJob(root: Part, scope: Scope): Job {
  const doings = stepsOf(root, scope);
  return jobOf({
    id: 'steps',
    needs: [],
    runs: scope.started,
    ...doings,
    at: { path: root.source.path, line: root.source.document.at(['steps']).line },
  });
}

/** What a template kept elsewhere promises. */
function elsewhere(target: string, part: Part, id: string, needs: readonly string[], library: Library): Job {
  const at = placeOfPart(part);
  library.delegate(at, target);
  return jobOf({
    id,
    needs,
    purposes: promised(fileName(target), target, at),
    uses: [{ kind: 'include', target, pinned: false, local: false, at }],
    at,
  });
}

interface Stage {
  readonly name: string;
  /** Ids of the jobs that have ended when it begins. */
  readonly needs: readonly string[];
  readonly runs: Runs;
  readonly after: 'failure' | 'anything' | undefined;
}

/** A stage waits for the one before it unless it says for which. */
function stagesOf(root: Part, scope: Scope): readonly Job[] {
  const jobs: Job[] = [];
  const ids = new Map<string, readonly string[]>();
  let last: string | undefined;
  for (const [index, item] of itemsOf(root, 'stages', scope.library).entries()) {
    if (jobs.length > MOST_JOBS) break;
    const value = record(item.part.value);
    const name =
      'elsewhere' in item ? `template ${index + 1}` : filled(word(value.stage) ?? `stage ${index + 1}`, item.part);
    const depends =
      value.dependsOn === undefined ? (last === undefined ? [] : [last]) : words(value.dependsOn, item.part);
    const needs = depends.flatMap((it) => ids.get(it) ?? []);
    const made =
      'elsewhere' in item
        ? [elsewhere(item.elsewhere, item.part, name, needs, scope.library)]
        : jobsOf(
            item.part,
            { name, needs, ...whenOf(item.part, scope.started, scope.situations) },
            { ...scope, env: { ...scope.env, ...variablesIn(item.part) } },
          );
    ids.set(
      name,
      made.map(({ id }) => id),
    );
    jobs.push(...made);
    last = name;
  }
  return jobs;
}

function words(value: unknown, part: Part): readonly string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((it) => {
    const text = word(it);
    return text === undefined || text === '' ? [] : filled(text, part);
  });
}

function whenOf(part: Part, around: Runs, situations: readonly Situation[]): Pick<Stage, 'runs' | 'after'> {
  const written = word(record(part.value).condition);
  const condition = written === undefined ? undefined : filled(written, part);
  const own = condition === undefined ? {} : runsIn(situations, (it) => azureHolds(condition, it));
  return { runs: bothRun(around, own), after: azureAfter(condition) };
}

function jobsOf(part: Part, stage: Stage, scope: Scope): readonly Job[] {
  const items = itemsOf(part, 'jobs', scope.library);
  if (items.length === 0 && 'steps' in record(part.value))
    return [{ ...stepsJob(part, { ...scope, started: stage.runs }), id: stage.name || 'steps', needs: stage.needs }];
  const id = (name: string): string => (stage.name === '' ? name : `${stage.name}.${name}`);
  return items.map((item, index) => jobFrom(item, index, stage, id, scope));
}

function jobFrom(item: Item, index: number, stage: Stage, id: (name: string) => string, scope: Scope): Job {
  const { part } = item;
  if ('elsewhere' in item)
    return elsewhere(item.elsewhere, part, id(`template ${index + 1}`), stage.needs, scope.library);
  const value = record(part.value);
  const name = filled(word(value.job) ?? word(value.deployment) ?? `job ${index + 1}`, part);
  const { runs, after } = whenOf(part, stage.runs, scope.situations);
  const doings = doingsOf(part, { ...scope, env: { ...scope.env, ...variablesIn(part) } });
  const environment = word(value.environment) ?? word(record(value.environment).name);
  return jobOf({
    id: id(name),
    name: word(value.displayName),
    needs: [...stage.needs, ...words(value.dependsOn, part).map(id)],
    environment: environment === undefined ? undefined : (filled(environment, part).split('.', 1)[0] ?? ''),
    runs,
    after: after ?? stage.after,
    manual:
      value.pool === 'server' && list(value.steps).some((it) => /^ManualValidation@/.test(word(record(it).task) ?? '')),
    weakened: value.continueOnError === true ? 'continueOnError is set' : undefined,
    purposes: doings.flatMap(({ purposes }) => purposes),
    uses: doings.flatMap(({ uses }) => uses),
    at: placeOfPart(part),
  });
}

/** The hooks of a deployment, in their order. */
const HOOKS = ['preDeploy', 'deploy', 'routeTraffic', 'postRouteTraffic'];

function doingsOf(part: Part, scope: Scope): readonly Pick<Job, 'purposes' | 'uses'>[] {
  const value = record(part.value);
  if (value.deployment === undefined) return [stepsOf(part, scope)];
  return Object.entries(record(value.strategy)).flatMap(([kind, hooks]) => {
    const at = (path: readonly string[], inner: unknown): Part => ({
      ...part,
      path: [...part.path, 'strategy', kind, ...path],
      value: inner,
    });
    const usual = HOOKS.map((hook) => stepsOf(at([hook], record(hooks)[hook]), scope));
    const { failure, success } = record(record(hooks).on);
    const late = stepsOf(at(['on', 'failure'], failure), scope);
    return [
      ...usual,
      stepsOf(at(['on', 'success'], success), scope),
      { ...late, purposes: late.purposes.map((it): Purpose => ({ ...it, condition: 'failure()' })) },
    ];
  });
}
