/** Drone and Woodpecker: a pipeline for each document, its steps one after another or by `depends_on`. */
import { pieceFits } from '../glob.ts';
import { list, record, word } from '../plain-value.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import { type Library, placeAt, type Source, toldBy } from './github-steps.ts';
import { imageProgram } from './image-tests.ts';
import { and, not, or, type Truth } from './infix.ts';
import { jobOf } from './job-draft.ts';
import type { Intent, Job, Pipeline, Purpose } from './pipeline.ts';
import { linesAt, shellPurposes } from './shell-step.ts';
import { bothRun, type Runs, runsIn, type Situation, situationsOf, TAG, takes, triggersOf } from './situations.ts';

type Members = Readonly<Record<string, unknown>>;

const MOST = 200;

/** The pipelines of a file; those written as programs are not read. */
export function readDrone(path: string, library: Library): readonly Pipeline[] {
  if (!/\.ya?ml$/.test(path)) {
    library.skip({ path }, 'pipelines of Drone that are written as a program are not read');
    return [];
  }
  return library.documents(path).flatMap((source) => pipelineOf(source, library) ?? []);
}

function pipelineOf(source: Source, library: Library): Pipeline | undefined {
  const value = record(source.document.value);
  const key = 'steps' in value ? 'steps' : 'pipeline';
  const steps = stepsOf(value[key], [key]);
  if (steps.length === 0 || (value.kind !== undefined && value.kind !== 'pipeline')) return undefined;
  const situations = situationsOf(library.world.text(source.path) ?? '');
  // Without a word Drone starts for pushes and proposals alike: docs.drone.io/pipeline/triggers. Woodpecker: woodpecker-ci.org/docs/usage/workflow-syntax.
  const asked = value.trigger ?? value.when;
  const started = runsIn(situations, (it) =>
    asked === undefined && it.event === 'schedule' ? false : whenHolds(asked, it),
  );
  const jobs: Job[] = [];
  const explicit = steps.some(({ step }) => step.depends_on !== undefined);
  for (const it of steps) jobs.push(jobFor(it, { jobs, explicit, started, situations, source, library }));
  const at = placeAt(source, [key]);
  const others = list(value.depends_on).flatMap((it) => word(it) ?? []);
  // Woodpecker calls a workflow by its file.
  const named = word(value.name) ?? source.path.replace(/^.*\/|\.ya?ml$/g, '');
  const triggers = triggersOf(situations, started, at).map((it) => (others.length > 0 ? { ...it, after: others } : it));
  return { system: 'drone', name: named, triggers, jobs, at };
}

interface Placed {
  readonly name: string;
  readonly step: Members;
  readonly path: YamlPath;
}

/** Steps as a list, or by their names. */
function stepsOf(value: unknown, path: YamlPath): readonly Placed[] {
  if (Array.isArray(value))
    return value.slice(0, MOST).map((it, index) => ({
      name: word(record(it).name) ?? `step ${index + 1}`,
      step: record(it),
      path: [...path, index],
    }));
  return Object.entries(record(value))
    .slice(0, MOST)
    .map(([name, it]) => ({ name, step: record(it), path: [...path, name] }));
}

interface Scope {
  readonly jobs: readonly Job[];
  readonly explicit: boolean;
  readonly started: Runs;
  readonly situations: readonly Situation[];
  readonly source: Source;
  readonly library: Library;
}

function jobFor({ name, step, path }: Placed, { jobs, explicit, started, situations, source, library }: Scope): Job {
  const runs = bothRun(
    started,
    runsIn(situations, (it) => whenHolds(step.when, it)),
  );
  const status = list(record(step.when).status ?? record(list(step.when)[0]).status).map(String);
  const depends = list(step.depends_on).flatMap((it) => word(it) ?? []);
  return jobOf({
    id: name,
    needs: explicit ? depends : jobs.map(({ id }) => id),
    runs,
    after: status.includes('failure') ? (status.includes('success') ? 'anything' : 'failure') : undefined,
    weakened:
      step.failure === 'ignore' ? 'its failure is ignored' : step.detach === true ? 'it is detached' : undefined,
    purposes: purposesOf(step, path, source, library),
    at: placeAt(source, path),
  });
}

/** A step of commands stops at the first failure. A plugin is the program it is named after. */
function purposesOf(step: Members, path: YamlPath, source: Source, { world }: Library): readonly Purpose[] {
  const at = placeAt(source, path);
  if (step.commands !== undefined)
    return shellPurposes(
      {
        ...linesAt(source, [...path, 'commands'], step.commands),
        options: { errexit: true, pipefail: false },
        cwd: '',
        env: toldBy(step.environment),
      },
      world,
    );
  const image = imageProgram(word(step.image) ?? '');
  const told = toldBy(step.settings);
  return PLUGINS.filter(([pattern]) => pattern.test(image)).map(([, intent, tool]) => ({
    intent: told.dry_run === 'true' && intent === 'image-push' ? ('image-build' as const) : intent,
    tool,
    strength: 'run' as const,
    shown: image,
    at,
  }));
}

const PLUGINS: readonly (readonly [RegExp, Intent, string])[] = [
  [/^(?:docker|ecr|gcr|acr|kaniko|plugin-docker-buildx|drone-docker|plugin-kaniko|buildx)$/, 'image-push', 'docker'],
  [
    /^(?:drone-helm3?|helm|plugin-helm|drone-kubernetes|drone-kubectl|drone-gke|heroku|drone-cloud-run)$/,
    'deploy',
    'plugin',
  ],
  [/^(?:drone-trivy|plugin-trivy)$/, 'image-scan', 'trivy'],
];

/** What Drone and Woodpecker call the situations; a person may promote a build, too. */
const EVENTS: Readonly<Record<Situation['event'], readonly string[]>> = {
  change: ['pull_request'],
  push: ['push'],
  tag: ['tag'],
  schedule: ['cron'],
  manual: ['custom', 'manual', 'promote', 'deployment', 'deploy'],
};

/** Conditions of a map all hold; of a list of maps any. A condition is a value, a list, or `include` and `exclude`. */
function whenHolds(when: unknown, situation: Situation): Truth {
  if (Array.isArray(when))
    return when.slice(0, 50).reduce<Truth>((held, it) => or(held, whenHolds(it, situation)), false);
  const { event, branch, ref, ...others } = record(when);
  const unknown = Object.keys(others).some((key) => !/^(?:status|runs_on|action)$/.test(key));
  const events = EVENTS[situation.event];
  const target = situation.event === 'change' ? situation.mainline : situation.branch;
  const full =
    situation.event === 'tag'
      ? `refs/tags/${TAG}`
      : situation.event === 'change'
        ? 'refs/pull/1/head'
        : `refs/heads/${target}`;
  const byEvent = events.map((it) => meets(event, it)).reduce<Truth>(or, false);
  const byBranch = situation.event === 'tag' ? true : meets(branch, target);
  const held = and(and(byEvent, byBranch), meets(ref, full, takesRef));
  return unknown ? and(held, undefined) : held;
}

/** Refs are compared as a whole. */
function takesRef(patterns: readonly string[], ref: string): Truth {
  return patterns.some((it) => pieceFits(it, ref));
}

function meets(value: unknown, text: string, compare: typeof takes = takes): Truth {
  if (value === undefined || value === null) return true;
  const { include, exclude } = record(value);
  const patterns = (it: unknown): readonly string[] =>
    (Array.isArray(it) ? it : [it]).flatMap((one) => word(one) ?? []);
  const fits = (it: unknown): Truth => compare(patterns(it), text);
  if (include === undefined && exclude === undefined) return fits(value);
  return and(include === undefined ? true : fits(include), exclude === undefined ? true : not(fits(exclude)));
}
