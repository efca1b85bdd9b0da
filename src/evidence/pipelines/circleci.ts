/** CircleCI: each workflow is a pipeline. Jobs, commands and orbs of the file are followed; orbs of others are elsewhere. */
import { list, record, word } from '../plain-value.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import type { Told } from './actions.ts';
import { carriedBy } from './artefacts.ts';
import { circleCondition, circleFilters } from './circleci-filters.ts';
import { environmentOf, type Library, placeAt, promised, type Source, toldBy } from './github-steps.ts';
import { jobOf } from './job-draft.ts';
import type { Job, Pipeline, Purpose, Use } from './pipeline.ts';
import { distinct } from './purposes.ts';
import { lineOf, shellPurposes } from './shell-step.ts';
import { bothRun, type Runs, runsIn, type Situation, situationsOf, triggersOf } from './situations.ts';
import { joined } from './world.ts';

/** The file CircleCI reads, and those it goes on with where that one only sets up. */
const ROOT = /^\.circleci\/config\.ya?ml$/;
const MOST = 200;
const DEEPEST = 5;

type Members = Readonly<Record<string, unknown>>;

interface Scope {
  readonly source: Source;
  readonly library: Library;
  readonly config: Members;
  readonly situations: readonly Situation[];
}

/** The workflows of a file. */
export function readCircle(path: string, library: Library): readonly Pipeline[] {
  const source = library.source(path);
  const config = record(source?.document.value);
  const entry = ROOT.test(path) || record(library.source('.circleci/config.yml')?.document.value).setup === true;
  if (!source || !entry) return [];
  const scope: Scope = { source, library, config, situations: situationsOf(library.world.text(path) ?? '') };
  const workflows = Object.entries(record(config.workflows)).filter(([, it]) => Array.isArray(record(it).jobs));
  if (workflows.length > 0) return workflows.slice(0, MOST).map(([name, it]) => workflowOf(name, record(it), scope));
  // Without workflows the job called build runs for every push.
  return 'build' in record(config.jobs) ? [workflowOf('build', { jobs: ['build'] }, scope)] : [];
}

function workflowOf(name: string, workflow: Members, scope: Scope): Pipeline {
  const { source, situations } = scope;
  const at = placeAt(source, ['workflows', name]);
  const scheduled = list(workflow.triggers).some((it) => 'schedule' in record(it));
  const started = runsIn(situations, (it) =>
    // A push builds whether or not a proposal is open: circleci.com/docs/triggers-overview.
    it.event === 'change' ? false : scheduled ? it.event === 'schedule' : circleCondition(workflow, scope.config, it),
  );
  const items = list(workflow.jobs)
    .slice(0, MOST)
    .flatMap((it, index) => {
      const [id, settings] = typeof it === 'string' ? [it, {}] : (Object.entries(record(it))[0] ?? []);
      return id === undefined
        ? []
        : [{ id, settings: record(settings), path: ['workflows', name, 'jobs', index] as YamlPath }];
    });
  const jobs = items.flatMap(({ id, settings, path }) => jobsOf(id, settings, path, started, scope));
  const runs = runsIn(situations, ({ key }) => started[key] !== false && jobs.some((it) => it.runs[key] !== false));
  return { system: 'circleci', name, triggers: triggersOf(situations, runs, at), jobs: jobs.map(({ job }) => job), at };
}

function jobsOf(
  id: string,
  settings: Members,
  path: YamlPath,
  started: Runs,
  scope: Scope,
): readonly { job: Job; runs: Runs }[] {
  const { source, config, situations } = scope;
  const at = placeAt(source, path);
  const runs = bothRun(
    started,
    runsIn(situations, (it) => circleFilters(settings.filters, it)),
  );
  const name = word(settings.name) ?? id;
  const needs = list(settings.requires).flatMap((it) => word(it) ?? Object.keys(record(it)));
  // `requires: [{ build: failed }]` waits for a failure.
  const failed = list(settings.requires).some((it) =>
    Object.values(record(it))
      .flat()
      .some((state) => /^(?:failed|canceled)$/.test(String(state))),
  );
  const manual = settings.type === 'approval';
  const { name: _, ...others } = settings;
  const told = toldBy(others);
  const own = record(record(config.jobs)[id]);
  const doings = manual
    ? NOTHING
    : id in record(config.jobs)
      ? jobSteps(id, own, told, scope)
      : fromOrb(id, name, settings, path, scope);
  const environment = environmentOf(told);
  const job = jobOf({
    id: name,
    needs,
    runs,
    manual,
    environment,
    after: failed ? 'failure' : undefined,
    purposes: distinct(doings.purposes),
    uses: doings.uses,
    at,
  });
  return [{ job, runs }];
}

interface Doings {
  readonly purposes: readonly Purpose[];
  readonly uses: readonly Use[];
}

const NOTHING: Doings = { purposes: [], uses: [] };

interface Around {
  readonly told: Told;
  readonly directory: string;
  readonly env: Told;
  readonly depth: number;
}

function jobSteps(id: string, job: Members, given: Told, scope: Scope): Doings {
  const told = { ...defaults(job.parameters), ...given };
  const docker = record(list(job.docker)[0]);
  const around = {
    told,
    directory: word(job.working_directory) ?? '',
    env: { ...toldBy(docker.environment), ...toldBy(job.environment) },
    depth: 0,
  };
  return stepsOf(['jobs', id, 'steps'], job.steps, around, scope);
}

function defaults(parameters: unknown): Told {
  return toldBy(Object.fromEntries(Object.entries(record(parameters)).map(([key, it]) => [key, record(it).default])));
}

function filled(text: string, told: Told): string {
  return text.replace(
    /<<\s*parameters\.([\w-]+)\s*>>/g,
    (whole, key: string) => told[key.toLowerCase()]?.replace(/\n/g, ' ') ?? whole,
  );
}

function stepsOf(path: YamlPath, value: unknown, around: Around, scope: Scope): Doings {
  const all = list(value)
    .slice(0, MOST)
    .map((it, index) => {
      const [name, settings] = typeof it === 'string' ? [it, {}] : (Object.entries(record(it))[0] ?? ['', {}]);
      return stepOf(name, settings, [...path, index], around, scope);
    });
  return { purposes: all.flatMap(({ purposes }) => purposes), uses: all.flatMap(({ uses }) => uses) };
}

function stepOf(name: string, settings: unknown, path: YamlPath, around: Around, scope: Scope): Doings {
  const { source, config } = scope;
  if (name === 'run') return { purposes: ran(settings, path, around, scope), uses: [] };
  const members = record(settings);
  if (around.depth >= DEEPEST || !scope.library.spend(placeAt(source, path))) return NOTHING;
  if (name === 'when' || name === 'unless')
    return stepsOf([...path, name, 'steps'], members.steps, { ...around, depth: around.depth + 1 }, scope);
  const command = record(record(config.commands)[name]);
  const told = {
    ...defaults(command.parameters),
    ...Object.fromEntries(Object.entries(toldBy(members)).map(([key, it]) => [key, filled(it, around.told)])),
  };
  const handed = stepsHanded(name, members, path, around, scope);
  if (!(name in record(config.commands))) {
    const own = name.includes('/') ? orbStep(name, told, path, around, scope) : NOTHING;
    return { purposes: [...own.purposes, ...handed.purposes], uses: [...own.uses, ...handed.uses] };
  }
  const inner = stepsOf(
    ['commands', name, 'steps'],
    command.steps,
    { ...around, told, depth: around.depth + 1 },
    scope,
  );
  const at = placeAt(source, path);
  const purposes = inner.purposes.map((it) => ({ ...it, at, via: it.via ?? it.at }));
  return { purposes: [...purposes, ...handed.purposes], uses: [...inner.uses, ...handed.uses] };
}

/** Steps that a command is handed by a parameter, e.g. to run them with a cache around. */
function stepsHanded(name: string, members: Members, path: YamlPath, around: Around, scope: Scope): Doings {
  const all = Object.entries(members)
    .filter(([key, it]) => /steps$/.test(key) && Array.isArray(it))
    .map(([key, it]) => stepsOf([...path, name, key], it, { ...around, depth: around.depth + 1 }, scope));
  return { purposes: all.flatMap(({ purposes }) => purposes), uses: all.flatMap(({ uses }) => uses) };
}

/** The shell is `bash -eo pipefail`: circleci.com/docs/configuration-reference#default-shell-options. */
function ran(
  settings: unknown,
  path: YamlPath,
  { told, directory, env }: Around,
  { source, library }: Scope,
): readonly Purpose[] {
  const members = record(settings);
  const text = word(settings) ?? word(members.command);
  if (text === undefined) return [];
  const shell = word(members.shell);
  const strict = shell === undefined || /-\w*e/.test(shell);
  const inner: YamlPath = typeof settings === 'string' ? [...path, 'run'] : [...path, 'run', 'command'];
  const folder = filled(word(members.working_directory) ?? directory, told).replace(/^~\/[\w.-]+\/?/, '');
  const purposes = shellPurposes(
    {
      text: filled(text, told),
      options: { errexit: strict, pipefail: shell === undefined || shell.includes('pipefail') },
      cwd: joined('', folder),
      env: { ...env, ...toldBy(members.environment) },
      at: (line) => lineOf(source, inner, line),
    },
    library.world,
  );
  const late = word(members.when) === 'on_fail' ? 'failure()' : undefined;
  const background = members.background === true ? 'it runs in the background' : undefined;
  return purposes.map((it) => ({
    ...it,
    ...(late && { condition: late }),
    ...(background && { weakened: background }),
  }));
}

/** Orbs whose jobs and commands do one known thing. */
const ORBS: readonly (readonly [RegExp, Purpose['intent'], string])[] = [
  [/^circleci\/aws-(?:ecs|eks)@?\S*\/(?:deploy|update)/, 'deploy', 'aws orb'],
  [
    /^circleci\/(?:helm|kubernetes)@?\S*\/(?:upgrade|install-helm-chart|create-or-update)/,
    'deploy',
    'helm or kubernetes orb',
  ],
  [/^circleci\/(?:heroku)@?\S*\/(?:deploy)/, 'deploy', 'heroku orb'],
  [/^circleci\/aws-ecr@?\S*\/(?:build[_-]and[_-]push|push)/, 'image-push', 'aws-ecr orb'],
  [/^circleci\/docker@?\S*\/(?:publish|push)/, 'image-push', 'docker orb'],
  [/^snyk\/snyk@?\S*\/(?:scan)/, 'dependency-scan', 'snyk'],
  [/^sonarsource\/sonarcloud@?\S*\/scan/, 'sast', 'sonar'],
];

/** Jobs of CircleCI's own orbs that run the command one would run by hand. */
function commandOf(full: string, told: Told): string | undefined {
  if (/^circleci\/node@?\S*\/test$/.test(full)) return `npm run ${told['run-command'] ?? 'test'}`;
  return /^circleci\/node@?\S*\/run$/.test(full) ? `npm run ${told['npm-run'] ?? told['yarn-run'] ?? ''}` : undefined;
}

function orbStep(name: string, told: Told, path: YamlPath, around: Around, scope: Scope): Doings {
  const { source, library, config } = scope;
  const [alias = '', member = ''] = name.split('/');
  const at = placeAt(source, path);
  const orb = record(config.orbs)[alias];
  if (typeof orb === 'object' && orb !== null) {
    const inline = record(record(record(orb).commands)[member]);
    return stepsOf(
      ['orbs', alias, 'commands', member, 'steps'],
      inline.steps,
      { ...around, told, depth: around.depth + 1 },
      scope,
    );
  }
  const full = `${word(orb) ?? alias}/${member}`;
  const use: Use = { kind: 'orb', target: name, pinned: /@\d+\.\d+\.\d+$/.test(word(orb) ?? ''), local: false, at };
  const environment = environmentOf(told);
  const carries = carriedBy(Object.values(told).join(' '));
  const more = { ...(environment !== undefined && { environment }), ...(carries.length > 0 && { carries }) };
  const known = ORBS.filter(([pattern]) => pattern.test(full)).map(
    ([, intent, tool]): Purpose => ({ intent, tool, strength: 'run', shown: name, at, ...more }),
  );
  const command = commandOf(full, told);
  if (command !== undefined)
    known.push(
      ...shellPurposes(
        {
          text: command,
          options: { errexit: true, pipefail: true },
          cwd: joined('', told['app-dir'] ?? ''),
          env: {},
          at: () => at,
        },
        library.world,
      ),
    );
  if (known.length > 0) return { purposes: known, uses: [use] };
  const named = isPlumbing(alias, member) ? [] : promised(member, name, at, environment);
  if (named.length > 0) library.delegate(at, full);
  return { purposes: named.map((it) => ({ ...it, ...more })), uses: [use] };
}

/** What prepares, keeps and tells. */
function isPlumbing(alias: string, member: string): boolean {
  return (
    /^(?:slack|jira|codecov|coveralls)$/.test(alias) ||
    /^(?:install|setup|restore|save|checkout|with|notify|attach)/.test(member)
  );
}

/** A job of an orb: of one in the file its steps, of others what its name promises. */
function fromOrb(id: string, name: string, settings: Members, path: YamlPath, scope: Scope): Doings {
  const { config, library, source } = scope;
  const [alias = '', member = ''] = id.split('/');
  const inline = record(record(record(record(config.orbs)[alias]).jobs)[member]);
  const around = { told: { ...defaults(inline.parameters), ...toldBy(settings) }, directory: '', env: {}, depth: 0 };
  if (Object.keys(inline).length > 0)
    return stepsOf(['orbs', alias, 'jobs', member, 'steps'], inline.steps, around, scope);
  const at = placeAt(source, path);
  const orb = record(config.orbs)[alias];
  if (!isPlumbing(alias, member)) library.delegate(at, `${word(orb) ?? alias}/${member}`);
  const found = orbStep(id, around.told, path, around, scope);
  const within = ['pre-steps', 'post-steps'].map((key) => stepsOf([...path, id, key], settings[key], around, scope));
  const named =
    found.purposes.length > 0
      ? found.purposes
      : promised(name === id ? member : name, id, at, environmentOf(around.told));
  return {
    purposes: [...(within[0]?.purposes ?? []), ...named, ...(within[1]?.purposes ?? [])],
    uses: [...found.uses, ...within.flatMap(({ uses }) => uses)],
  };
}
