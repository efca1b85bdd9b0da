/** Workflows of GitHub Actions as pipelines: jobs, what they wait for, what they are for; those they call within the repository are looked into. */
import type { Place } from '../../model.ts';
import { list, record, word } from '../plain-value.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import { meaningsOfAction, type Told } from './actions.ts';
import { carriedBy, namedIn } from './artefacts.ts';
import { ANY, asksForStatus, holds } from './conditions.ts';
import { environmentClass } from './environments.ts';
import {
  asExpressions,
  both,
  carriedUp,
  type Doings,
  defaultsOf,
  doingsOf,
  environmentOf,
  type Library,
  placeAt,
  promised,
  type Source,
  substituted,
  toldBy,
  useOf,
} from './github-steps.ts';
import { triggersOf } from './github-triggers.ts';
import type { Job, Permissions, Pipeline, Purpose } from './pipeline.ts';
import { joined } from './world.ts';

/** Files that GitHub runs. */
export const WORKFLOWS = /^\.github\/workflows\/[^/]+\.ya?ml$/;

/** Most workflows within workflows, as GitHub allows, and most jobs of one. */
const DEEPEST = 4;
const MOST_JOBS = 200;

/** One workflow; undefined where the document is none. */
export function readWorkflow(source: Source, library: Library): Pipeline | undefined {
  const value = record(source.document.value);
  const at = (path: YamlPath): Place => placeAt(source, path);
  if (Object.keys(record(value.jobs)).length === 0) return undefined;
  const permissions = permissionsOf(value.permissions, at(['permissions']));
  return {
    system: 'github-actions',
    name: word(value.name) ?? source.path,
    triggers: triggersOf(source.document, at),
    ...(permissions && { permissions }),
    jobs: jobsOf(source, {}, library, 0),
    at: at(['on']),
  };
}

type Members = Readonly<Record<string, unknown>>;

function jobsOf(source: Source, inputs: Told, library: Library, depth: number): readonly Job[] {
  const jobs = Object.entries(record(record(source.document.value).jobs))
    .slice(0, MOST_JOBS)
    .filter(() => library.spend(placeAt(source, ['jobs'])));
  return jobs.map(([id, job]) => jobOf(id, record(job), source, inputs, library, depth));
}

function jobOf(id: string, job: Members, source: Source, inputs: Told, library: Library, depth: number): Job {
  const at = placeAt(source, ['jobs', id]);
  const needs = (Array.isArray(job.needs) ? job.needs : [job.needs]).flatMap((it) => word(it) ?? []);
  const condition = substituted(word(job.if) ?? '', inputs);
  const environment = substituted(word(job.environment) ?? word(record(job.environment).name) ?? '', inputs);
  const doings =
    typeof job.uses === 'string'
      ? calls(id, job, source, inputs, library, depth)
      : steps(id, job, source, inputs, library);
  const stays = isThrowaway(job)
    ? doings.purposes.filter(({ intent }) => !/^(?:deploy|canary|rollback|migrate)$/.test(intent))
    : doings.purposes;
  const purposes = weakenedBy(job, stays).flatMap((it) => spread(it, environment, job));
  const permissions = permissionsOf(job.permissions, placeAt(source, ['jobs', id, 'permissions']));
  const name = word(job.name);
  return {
    id,
    ...(name !== undefined && { name }),
    needs,
    ...(environment !== '' && { environment }),
    ...(condition !== '' && { condition }),
    ...leniency(condition, needs),
    ...(condition !== '' &&
      holds(condition, ANY) === false &&
      !asksForStatus(condition) && { never: `its condition is \`${condition}\`` }),
    manual: false,
    purposes,
    uses: doings.uses,
    ...(permissions && { permissions }),
    artefacts: [...new Set(purposes.flatMap(({ carries = [] }) => carries))],
    at,
  };
}

/** A cluster that the job starts for itself is gone after it: what is put there is a test, not a deployment. */
function isThrowaway(job: Members): boolean {
  return list(job.steps).some((step) => {
    const { uses, run } = record(step);
    return (
      (typeof uses === 'string' && /^[\w.-]+\/(?:setup-|action-)?(?:kind|k3d|minikube|k3s)(?:-\w+)?@/i.test(uses)) ||
      (typeof run === 'string' &&
        /\b(?:kind create cluster|minikube start|k3d cluster create|k3s server)\b/.test(run.slice(0, 20_000)))
    );
  });
}

/** Which failures of jobs it waits for do not keep it from running. */
function leniency(condition: string, needs: readonly string[]): Pick<Job, 'weakened' | 'ungated'> {
  if (!asksForStatus(condition)) return {};
  const ungated = needs.filter((failed) => {
    const values = Object.fromEntries(needs.map((it) => [`needs.${it}.result`, it === failed ? 'failure' : 'success']));
    return holds(condition, { values, failed: true }) !== false;
  });
  return ungated.length > 0
    ? { ungated, weakened: `it runs although ${ungated.join(', ')} failed: \`${condition}\`` }
    : {};
}

function weakenedBy(job: Members, purposes: readonly Purpose[]): readonly Purpose[] {
  return job['continue-on-error'] === true
    ? purposes.map((it) => ({ ...it, weakened: it.weakened ?? 'continue-on-error is set' }))
    : purposes;
}

/** A deployment by a matrix is one for each environment it lists. */
function spread(purpose: Purpose, environment: string, job: Members): readonly Purpose[] {
  const [, key] = /\bmatrix\.([\w-]+)/.exec(`${environment} ${environmentInput(job)}`) ?? [];
  const values =
    key === undefined ? [] : list(record(record(job.strategy).matrix)[key]).flatMap((it) => word(it) ?? []);
  if (purpose.intent !== 'deploy' || values.length === 0) return [purpose];
  return values.map((value) => ({ ...purpose, environment: value }));
}

function environmentInput(job: Members): string {
  const told = toldBy(job.with);
  return told.environment ?? told.env ?? '';
}

function steps(id: string, job: Members, source: Source, inputs: Told, library: Library): Doings {
  const top = record(source.document.value);
  const defaults = { ...record(record(top.defaults).run), ...record(record(job.defaults).run) };
  const given = { ...matrixOf(job), ...inputs };
  const env = { ...toldBy(top.env, given), ...toldBy(job.env, given) };
  return doingsOf(
    {
      source,
      path: ['jobs', id, 'steps'],
      inputs: { ...asExpressions(env), ...given },
      shell: word(defaults.shell),
      directory: word(defaults['working-directory']) ?? '',
      env,
      depth: 0,
    },
    library,
  );
}

/** One cell of the matrix, as it stands for all: the first values. Environments are told apart elsewhere. */
function matrixOf(job: Members): Told {
  const { include, exclude: _, ...axes } = record(record(job.strategy).matrix);
  const cells: Record<string, string> = {};
  const keep = (name: string, value: unknown): void => {
    const text = word(value);
    if (text !== undefined && environmentClass(text) === 'unnamed' && !(name in cells)) cells[name] = text;
    for (const [key, inner] of Object.entries(record(value))) {
      const leaf = word(inner);
      if (leaf !== undefined && !(`${name}.${key.toLowerCase()}` in cells))
        cells[`${name}.${key.toLowerCase()}`] = leaf;
    }
  };
  for (const [axis, values] of Object.entries(axes)) keep(`matrix.${axis.toLowerCase()}`, list(values)[0]);
  for (const row of list(include).slice(0, 1))
    for (const [key, value] of Object.entries(record(row))) keep(`matrix.${key.toLowerCase()}`, value);
  return cells;
}

/** Workflows kept elsewhere whose whole name is about telling somebody; nothing is handed to them. */
const NOTIFIES = /\/\.?(?:notify|notification|slack|teams)[\w.-]*\.ya?ml(?:@|$)/i;

/** A job that is another workflow: that one's jobs, in their order, are what it does. */
function calls(id: string, job: Members, source: Source, inputs: Told, library: Library, depth: number): Doings {
  const target = String(job.uses);
  const at = placeAt(source, ['jobs', id, 'uses']);
  const told = toldBy(job.with, inputs);
  const path = target.startsWith('./') ? joined('', target.split('@', 1)[0] ?? '') : undefined;
  const called = path === undefined ? undefined : library.source(path);
  if (called && depth < DEEPEST) {
    const declared = record(record(record(record(called.document.value).on).workflow_call).inputs);
    const jobs = inOrder(jobsOf(called, { ...defaultsOf(declared), ...told }, library, depth + 1));
    const use = { ...useOf(target, at), kind: 'workflow' as const, local: true };
    // Its other uses are those of a pipeline of its own; what it takes by order of the caller is the caller's.
    const deeper = jobs.flatMap(({ uses }) => uses.filter((it) => it.kind === 'workflow' || it.ref !== undefined));
    return { uses: [use, ...deeper], purposes: jobs.flatMap((inner) => fromCalled(inner, at)) };
  }
  if (!NOTIFIES.test(target)) library.delegate(at, target);
  const use = { ...useOf(target, at), kind: 'workflow' as const };
  return { uses: [use], purposes: elsewhere(id, job, target, at, told) };
}

/** Remote workflows that are a known tool's own are that tool; of others only the names speak. */
function elsewhere(id: string, job: Members, target: string, at: Place, told: Told): readonly Purpose[] {
  const [path = ''] = target.split('@');
  const named = environmentOf(told) ?? (namedIn(id).length === 1 ? namedIn(id)[0] : undefined);
  const carries = carriedBy(Object.values(told).join(' '));
  const known = meaningsOfAction(path, told).map(
    ({ intent, tool }): Purpose => ({ intent, strength: 'run', tool, shown: target, at }),
  );
  if (known.length > 0) return known;
  const file = path.slice(path.lastIndexOf('/') + 1).replace(/\.ya?ml$/, '');
  return promised(`${file} ${id} ${word(job.name) ?? ''}`, target, at, named).map((it) => ({
    ...it,
    ...(carries.length > 0 && { carries }),
  }));
}

function fromCalled(job: Job, at: Place): readonly Purpose[] {
  if (job.never !== undefined) return [];
  const environment = job.environment === undefined ? undefined : namedIn(job.environment)[0];
  return job.purposes.map((it) => ({
    ...carriedUp(it, at),
    ...(job.condition !== undefined && { condition: both(job.condition, it.condition) }),
    ...(it.environment === undefined && environment !== undefined && { environment }),
  }));
}

/** Jobs after those they need. */
function inOrder(jobs: readonly Job[]): readonly Job[] {
  const sorted: Job[] = [];
  const seen = new Set<string>();
  const visit = (job: Job): void => {
    if (seen.has(job.id)) return;
    seen.add(job.id);
    for (const need of job.needs) {
      const needed = jobs.find(({ id }) => id === need);
      if (needed) visit(needed);
    }
    sorted.push(job);
  };
  for (const job of jobs) visit(job);
  return sorted;
}

function permissionsOf(value: unknown, at: Place): Permissions | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return { scopes: { all: value.replace(/-all$/, '') }, at };
  return {
    scopes: Object.fromEntries(Object.entries(record(value)).map(([scope, right]) => [scope, String(right)])),
    at,
  };
}
