/** Tekton with Pipelines as Code: pipeline runs of `.tekton`, their tasks in the order of `runAfter` and of results. */
import { list, record, word } from '../plain-value.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import { type Library, placeAt, promised, type Source } from './github-steps.ts';
import { quoted } from './image-tests.ts';
import { infixHolds, type Truth } from './infix.ts';
import { jobOf } from './job-draft.ts';
import type { Job, Pipeline, Purpose, Use } from './pipeline.ts';
import { lineOf, shellPurposes } from './shell-step.ts';
import { runsIn, type Situation, situationsOf, takes, triggersOf } from './situations.ts';

type Members = Readonly<Record<string, unknown>>;

const MOST = 200;

/** A part of a document, with where it is. */
interface Part {
  readonly source: Source;
  readonly path: YamlPath;
  readonly value: Members;
}

/** The pipeline runs of a file. Pipelines and tasks are read where they are used. */
export function readTekton(path: string, library: Library): readonly Pipeline[] {
  return library.documents(path).flatMap((source) => {
    const value = record(source.document.value);
    if (value.kind !== 'PipelineRun') return [];
    return [runOf(source, value, library)];
  });
}

function runOf(source: Source, value: Members, library: Library): Pipeline {
  const { metadata, spec } = value;
  const annotations = record(record(metadata).annotations);
  const at = { path: source.path, line: source.document.at(['kind']).line };
  const name = word(record(metadata).name) ?? word(record(metadata).generateName) ?? source.path;
  const situations = situationsOf(library.world.text(source.path) ?? '', branchesOf(annotations));
  const started = runsIn(situations, (it) => eventHolds(annotations, it));
  const isSet = Object.keys(annotations).some((key) => /^pipelinesascode\.tekton\.dev\/on-/.test(key));
  const pipeline = pipelineOf(source, record(spec), library);
  const jobs = pipeline
    ? tasksOf(pipeline, library)
    : [elsewhere(source, record(record(spec).pipelineRef), name, library)];
  return {
    system: 'tekton',
    name,
    triggers: isSet ? triggersOf(situations, started, at) : [],
    ...(!isSet && { startedBy: 'triggers of the cluster' }),
    jobs,
    at,
  };
}

/** Branches that the annotations name. */
function branchesOf(annotations: Members): readonly string[] {
  const text = Object.entries(annotations).flatMap(([key, it]) =>
    /\/on-(?:target-branch|cel)/.test(key) ? (word(it) ?? '') : '',
  );
  return [
    ...text
      .join(' ')
      .slice(0, 5000)
      .matchAll(/target_branch\s*==\s*["']([\w./-]+)["']|^\[?([\w-]+)\]?$/g),
  ].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

/** `on-event` and `on-target-branch`, or an expression, as pipelinesascode.com/docs/guide/authoringprs says. */
function eventHolds(annotations: Members, { event, branch, mainline }: Situation): Truth {
  const said = (key: string): string | undefined => word(annotations[`pipelinesascode.tekton.dev/${key}`]);
  const name = event === 'change' ? 'pull_request' : event === 'push' || event === 'tag' ? 'push' : 'incoming';
  const target = event === 'change' ? mainline : event === 'tag' ? 'refs/tags/v1.2.3' : branch;
  const expression = said('on-cel-expression');
  if (expression !== undefined) {
    if (name === 'incoming') return false;
    const holds = infixHolds(expression, (it) =>
      it === 'event' ? name : it === 'target_branch' ? target : it === 'source_branch' ? branch : undefined,
    );
    return holds ?? celEvent(expression, name);
  }
  const events = words(said('on-event'));
  const branches = words(said('on-target-branch')).map((it) =>
    event === 'tag' ? it : it.replace(/^refs\/heads\//, ''),
  );
  if (events.length === 0) return false;
  if (!events.includes(name)) return false;
  return branches.length === 0 ? true : takes(branches, target);
}

/** Of an expression that is not understood as a whole, the event that all of it asks for. */
function celEvent(expression: string, name: string): Truth {
  const asked = [...expression.slice(0, 2000).matchAll(/\bevent\s*==\s*["'](\w+)["']/g)].map(([, it]) => it);
  return asked.length > 0 && !asked.includes(name) ? false : undefined;
}

function words(text: string | undefined): readonly string[] {
  return (text ?? '')
    .replace(/^\[|\]$/g, '')
    .split(',')
    .map((it) => it.trim().replace(/^["']|["']$/g, ''))
    .filter(Boolean);
}

function pipelineOf(source: Source, spec: Members, library: Library): Part | undefined {
  if (typeof spec.pipelineSpec === 'object' && spec.pipelineSpec !== null)
    return { source, path: ['spec', 'pipelineSpec'], value: record(spec.pipelineSpec) };
  const name = word(record(spec.pipelineRef).name);
  return name === undefined ? undefined : named('Pipeline', name, library);
}

/** A pipeline or a task that a file of `.tekton` or of the repository's folders of that name defines. */
function named(kind: string, name: string, library: Library): Part | undefined {
  const paths = [...library.world.paths].filter((it) => /(?:^|\/)\.?tekton\/.+\.ya?ml$/.test(it)).slice(0, MOST);
  for (const path of paths)
    for (const source of library.documents(path)) {
      const value = record(source.document.value);
      if (value.kind === kind && word(record(value.metadata).name) === name)
        return { source, path: ['spec'], value: record(value.spec) };
    }
  return undefined;
}

function elsewhere(source: Source, ref: Members, name: string, library: Library): Job {
  const at = placeAt(source, ['spec', 'pipelineRef']);
  const target = word(ref.name) ?? word(ref.bundle) ?? resolved(ref) ?? `pipeline of ${name}`;
  library.delegate(at, target);
  const use: Use = { kind: 'workflow', target, pinned: isPinned(ref), local: false, at };
  return jobOf({ id: name, needs: [], purposes: promised(target, target, at), uses: [use], at });
}

/** What a resolver is asked for: a name, a path, else whatever it is told. */
function resolved(ref: Members): string | undefined {
  const told = new Map(list(ref.params).map((it) => [word(record(it).name), word(record(it).value)]));
  return (
    ['name', 'pathInRepo', 'bundle', 'url'].map((key) => told.get(key)).find((it) => it !== undefined) ??
    word(ref.resolver)
  );
}

/** Whether a resolver is asked for what cannot change. */
function isPinned(ref: Members): boolean {
  return /@sha256:[0-9a-f]{64}|"[0-9a-f]{40}"/.test(JSON.stringify(ref).slice(0, 5000));
}

function tasksOf({ source, path, value }: Part, library: Library): readonly Job[] {
  const jobs = list(value.tasks)
    .slice(0, MOST)
    .map((it, index) =>
      taskOf(record(it), { source, path: [...path, 'tasks', index], value: record(it) }, library, []),
    );
  const ids = jobs.map(({ id }) => id);
  const last = list(value.finally)
    .slice(0, MOST)
    .map((it, index) =>
      taskOf(record(it), { source, path: [...path, 'finally', index], value: record(it) }, library, ids),
    );
  return [...jobs, ...last];
}

function taskOf(task: Members, part: Part, library: Library, awaited: readonly string[]): Job {
  const at = placeAt(part.source, part.path);
  const id = word(task.name) ?? `task ${part.path.at(-1)}`;
  const after = list(task.runAfter).flatMap((it) => word(it) ?? []);
  // A result of a task is there when that task has ended.
  const results = [
    ...JSON.stringify(task)
      .slice(0, 50_000)
      .matchAll(/\$\(tasks\.([\w-]+)\.results\./g),
  ].map(([, it = '']) => it);
  const steps = stepsOf(part, library);
  const target = word(record(task.taskRef).name) ?? resolved(record(task.taskRef)) ?? id;
  if (!steps) library.delegate(at, target);
  const use: Use = { kind: 'workflow', target, pinned: isPinned(record(task.taskRef)), local: false, at };
  return jobOf({
    id,
    needs: awaited.length > 0 ? awaited : [...after, ...results],
    after: awaited.length > 0 ? 'anything' : undefined,
    purposes: steps ?? promised(`${id} ${target.slice(target.lastIndexOf('/') + 1).slice(0, 100)}`, target, at),
    uses: steps ? [] : [use],
    at,
  });
}

/** What the steps of a task do; undefined where the task is not here. */
function stepsOf({ source, path, value }: Part, library: Library): readonly Purpose[] | undefined {
  const name = word(record(value.taskRef).name);
  const part: Part | undefined =
    value.taskSpec === undefined
      ? name === undefined
        ? undefined
        : named('Task', name, library)
      : { source, path: [...path, 'taskSpec'], value: record(value.taskSpec) };
  return (
    part &&
    list(part.value.steps)
      .slice(0, MOST)
      .flatMap((it, index) => stepPurposes(record(it), { ...part, path: [...part.path, 'steps', index] }, library))
  );
}

/** Scripts without a first line of their own run by `sh -e`: tekton.dev/docs/pipelines/tasks/#running-scripts-within-steps. */
function stepPurposes(step: Members, { source, path }: Part, { world }: Library): readonly Purpose[] {
  const script = word(step.script);
  const args = [...list(step.command), ...list(step.args)].flatMap((it) => word(it) ?? []);
  const errexit = script === undefined || !script.startsWith('#!') || /^#!.*\s-\w*e/.test(script);
  const inner = args.findIndex((it) => /^-\w*c$/.test(it)) + 1;
  const around = { options: { errexit, pipefail: false }, cwd: '', env: {} };
  const found =
    script === undefined
      ? shellPurposes(
          {
            ...around,
            text: inner > 0 && /sh$/.test(args[0] ?? '') ? (args[inner] ?? '') : quoted(args),
            at: () => placeAt(source, path),
          },
          world,
        )
      : shellPurposes({ ...around, text: script, at: (line) => lineOf(source, [...path, 'script'], line) }, world);
  return step.onError === 'continue'
    ? found.map((it) => ({ ...it, weakened: it.weakened ?? 'onError is continue' }))
    : found;
}
