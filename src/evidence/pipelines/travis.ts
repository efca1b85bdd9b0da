/** Travis CI: jobs of stages one after another, each with its phases, and what `deploy` publishes. */
import { list, record, word } from '../plain-value.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import { type Library, placeAt, type Source } from './github-steps.ts';
import { and, infixHolds, type Truth } from './infix.ts';
import { jobOf } from './job-draft.ts';
import type { Intent, Job, Pipeline, Purpose } from './pipeline.ts';
import { joinLines, type Lines, linesAt, shellPurposes } from './shell-step.ts';
import { bothRun, type Runs, runsIn, type Situation, situationsOf, TAG, takes, triggersOf } from './situations.ts';

type Members = Readonly<Record<string, unknown>>;

const MOST_JOBS = 200;
const BEFORE = ['before_install', 'install', 'before_script', 'script'];
const LATER = ['after_success', 'after_script'];

/** The build of a repository. Pushes and proposals are built unless settings say otherwise: docs.travis-ci.com/user/pull-requests. */
export function readTravis(path: string, library: Library): readonly Pipeline[] {
  const source = library.source(path);
  const value = record(source?.document.value);
  if (!source || Object.keys(value).length === 0) return [];
  const situations = situationsOf(library.world.text(path) ?? '');
  const started = runsIn(situations, (it) => startHolds(value, it));
  const at = { path, line: 1 };
  const jobs = jobsOf(value, { source, library, situations, started });
  return [{ system: 'travis', name: path, triggers: triggersOf(situations, started, at), jobs, at }];
}

interface Scope {
  readonly source: Source;
  readonly library: Library;
  readonly situations: readonly Situation[];
  readonly started: Runs;
}

function startHolds(value: Members, { event, branch, mainline }: Situation): Truth {
  const { only, except } = record(value.branches);
  const names = (it: unknown): readonly string[] => (Array.isArray(it) ? it : [it]).flatMap((one) => word(one) ?? []);
  // Of a proposal the branch it goes to counts; a tag is a branch of its name.
  const subject = event === 'change' ? mainline : event === 'tag' ? TAG : branch;
  const taken = only === undefined ? true : takes(names(only), subject);
  const left = except === undefined ? false : takes(names(except), subject);
  return and(taken, left === undefined ? undefined : !left);
}

function jobsOf(value: Members, scope: Scope): readonly Job[] {
  const key = value.jobs === undefined ? 'matrix' : 'jobs';
  const included = list(record(value[key]).include)
    .slice(0, MOST_JOBS)
    .map((it, index) => ({ own: record(it), path: [key, 'include', index] as YamlPath }));
  const lenient = list(record(value[key]).allow_failures).map(record);
  const main = { own: {} as Members, path: [] as YamlPath };
  const all =
    included.length === 0 || (value.script !== undefined && !included.some(({ own }) => own.stage !== undefined))
      ? [main, ...included]
      : included;
  const stages: string[] = [];
  const placed = all.map((it, index) => {
    // A job without a stage is in the one before it, the first in `test`.
    const stage = word(it.own.stage)?.toLowerCase() ?? stages.at(-1) ?? 'test';
    stages.push(stage);
    return {
      ...it,
      stage,
      id: word(it.own.name) ?? (index === 0 && included.length === 0 ? 'build' : `${stage} ${index + 1}`),
    };
  });
  const order = [
    ...new Set(
      [...list(value.stages).flatMap((it) => word(it) ?? word(record(it).name) ?? []), ...stages].map((it) =>
        it.toLowerCase(),
      ),
    ),
  ];
  return placed.map(({ own, path, stage, id }) => {
    const earlier = placed.filter((it) => order.indexOf(it.stage) < order.indexOf(stage)).map((it) => it.id);
    const soft = lenient.some(
      (it) =>
        Object.keys(it).length > 0 &&
        Object.entries(it).every(([name, wanted]) => JSON.stringify(own[name]) === JSON.stringify(wanted)),
    );
    const condition =
      word(own.if) ??
      word(
        list(value.stages)
          .map(record)
          .find(({ name }) => String(name).toLowerCase() === stage)?.if,
      );
    const runs = bothRun(
      scope.started,
      runsIn(scope.situations, (it) => (condition === undefined ? true : ifHolds(condition, it))),
    );
    const at = placeAt(scope.source, path);
    return jobOf({
      id,
      needs: earlier,
      runs,
      weakened: soft ? 'it is among allow_failures' : undefined,
      purposes: phases(own, path, value, scope),
      at,
    });
  });
}

/** docs.travis-ci.com/user/conditions-v1. */
function ifHolds(condition: string, { event, branch, mainline }: Situation): Truth {
  const types: Readonly<Record<Situation['event'], string>> = {
    change: 'pull_request',
    push: 'push',
    tag: 'push',
    schedule: 'cron',
    manual: 'api',
  };
  return infixHolds(condition, (name) => {
    if (name === 'type') return types[event];
    if (name === 'branch') return event === 'change' ? mainline : event === 'tag' ? TAG : branch;
    return name === 'tag' ? (event === 'tag' ? TAG : '') : undefined;
  });
}

/** All commands of `script` are run, and the failure of any counts; what comes after cannot fail the build: docs.travis-ci.com/user/job-lifecycle. */
function phases(own: Members, path: YamlPath, value: Members, { source, library }: Scope): readonly Purpose[] {
  const written = (key: string): Lines =>
    own[key] === undefined ? linesAt(source, [key], value[key]) : linesAt(source, [...path, key], own[key]);
  const step = { options: { errexit: true, pipefail: false }, cwd: '', env: {} };
  const counting = shellPurposes({ ...step, ...joinLines(BEFORE.map(written)) }, library.world);
  const later = shellPurposes({ ...step, ...joinLines(LATER.map(written)) }, library.world);
  const deploys =
    own.deploy === undefined
      ? deployments(value.deploy, ['deploy'], source, library)
      : deployments(own.deploy, [...path, 'deploy'], source, library);
  return [
    ...counting,
    ...deploys,
    ...later.map((it) => ({ ...it, weakened: it.weakened ?? 'it runs after the build is decided' })),
  ];
}

const DEPLOYS =
  /^(?:heroku|cloudfoundry|elasticbeanstalk|gae|lambda|codedeploy|opsworks|s3|gcs|surge|netlify|azure_web_apps|convox|cloud66|engineyard|openshift|now|firebase)$/;

function deployments(value: unknown, path: YamlPath, source: Source, { world }: Library): readonly Purpose[] {
  const all = Array.isArray(value)
    ? value.slice(0, 20).map((it, index) => ({ it: record(it), here: [...path, index] }))
    : [{ it: record(value), here: path }];
  return all.flatMap(({ it, here }): readonly Purpose[] => {
    const provider = word(it.provider) ?? '';
    const at = placeAt(source, here);
    if (provider === 'script')
      return shellPurposes(
        {
          ...linesAt(source, [...here, 'script'], it.script),
          options: { errexit: true, pipefail: false },
          cwd: '',
          env: {},
        },
        world,
      );
    const intent: Intent = DEPLOYS.test(provider) ? 'deploy' : 'release';
    return provider === '' || provider === 'pages'
      ? []
      : [{ intent, tool: provider, strength: 'run', shown: `deploy by ${provider}`, at }];
  });
}
