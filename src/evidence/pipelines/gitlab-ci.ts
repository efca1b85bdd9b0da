/** GitLab CI as one pipeline: jobs in the order of stages or by `needs`, with what they extend and what is included from this repository. */
import { list, record, word } from '../plain-value.ts';
import { type Library, promised, toldBy } from './github-steps.ts';
import { configOf, type Entry, type GitlabConfig, jobEntries, scannerOf, scriptOf } from './gitlab-config.ts';
import { jobRuns, workflowRuns } from './gitlab-rules.ts';
import { jobOf } from './job-draft.ts';
import type { Job, Pipeline, Purpose, Use } from './pipeline.ts';
import { joinLines, shellPurposes } from './shell-step.ts';
import { accompanies, bothRun, type Runs, runsIn, type Situation, situationsOf, triggersOf } from './situations.ts';

/** The file GitLab reads; others are parts of it. */
const ROOT = /^\.gitlab-ci\.ya?ml$/;
const MOST_JOBS = 300;
const DEEPEST = 2;

/** The pipeline of a repository; nothing for files that are only included. */
export function readGitlab(path: string, library: Library): readonly Pipeline[] {
  return ROOT.test(path) ? pipelinesOf(path, library, 0) : [];
}

function pipelinesOf(path: string, library: Library, depth: number): readonly Pipeline[] {
  const config = configOf(path, library);
  if (!config) return [];
  const situations = situationsOf(config.text);
  const started = workflowRuns(config, situations);
  const names = jobEntries(config).slice(0, MOST_JOBS);
  const jobs = withOrder(
    names.map((entry) => draftOf(entry, { config, situations, library, started, depth })),
    config,
  );
  if (jobs.length === 0) return [];
  const runs = runsIn(situations, ({ key }) => started[key] !== false && jobs.some((it) => it.runs[key] !== false));
  const at = { path, line: 1 };
  return [
    {
      system: 'gitlab-ci',
      name: path,
      triggers: triggersOf(situations, runs, at),
      jobs: jobs.map(({ job }) => job),
      at,
    },
  ];
}

interface Scope {
  readonly config: GitlabConfig;
  readonly situations: readonly Situation[];
  readonly library: Library;
  readonly started: Runs;
  readonly depth: number;
}

/** A job whose place in the order is still to be found. */
interface Loose {
  readonly entry: Entry;
  readonly runs: Runs;
  readonly make: (needs: readonly string[]) => Job;
  readonly stage: string;
}

function draftOf(entry: Entry, scope: Scope): Loose {
  const { config, situations, started } = scope;
  const { value, at } = entry;
  const runs = bothRun(started, jobRuns(entry, config, situations));
  const { manual: onlyByHand, lenient } = startOf(value);
  const environment = word(value.environment) ?? word(record(value.environment).name);
  const doings = value.trigger === undefined ? commandsOf(entry, scope) : childOf(entry, scope);
  const stops = record(value.environment).action === 'stop';
  const purposes = stops ? doings.purposes.filter(({ intent }) => intent !== 'deploy') : doings.purposes;
  return {
    entry,
    runs,
    stage: word(value.stage) ?? 'test',
    make: (needs) =>
      jobOf({
        id: entry.name,
        needs,
        environment: environment === undefined ? undefined : known(environment, entry, config),
        runs,
        after: value.when === 'on_failure' ? 'failure' : value.when === 'always' ? 'anything' : undefined,
        manual: onlyByHand,
        // Deployments that a person may start are no less deployments.
        weakened: undefined,
        purposes:
          lenient === undefined
            ? purposes
            : purposes.map((it) =>
                it.intent === 'deploy' && onlyByHand ? it : { ...it, weakened: it.weakened ?? lenient },
              ),
        uses: [
          ...doings.uses,
          ...entry.unresolved.map((target): Use => ({ kind: 'include', target, pinned: false, local: false, at })),
        ],
        at,
      }),
  };
}

/** Whether only a person starts it, and why its failure stops nothing, if so. By default what a person starts may be left out. */
function startOf(value: Readonly<Record<string, unknown>>): { manual: boolean; lenient: string | undefined } {
  const rules = list(value.rules)
    .map(record)
    .filter(({ when }) => when !== 'never');
  const byHand = rules.filter(({ when }) => (when ?? value.when) === 'manual');
  const manual = rules.length > 0 ? byHand.length === rules.length : value.when === 'manual';
  const byRules = manual && rules.length > 0 && byHand.every((it) => it.allow_failure === true);
  const allowed = value.allow_failure ?? (byRules || (manual && rules.length === 0));
  if (allowed === false) return { manual, lenient: undefined };
  if (manual) return { manual, lenient: 'only a person starts it, and nothing waits for that' };
  return { manual, lenient: allowed === true ? 'allow_failure is set' : 'allow_failure lets some exit codes pass' };
}

function variablesOf(entry: Entry, config: GitlabConfig): Readonly<Record<string, string>> {
  return {
    ...toldBy(plainVariables(config.globals.variables?.value)),
    ...toldBy(plainVariables(entry.value.variables)),
  };
}

/** Variables may be described: `X: { value: y, description: z }`. */
function plainVariables(value: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(record(value)).map(([key, it]) => [key, word(it) ?? record(it).value]));
}

/** An environment's name with the variables that are written out. */
function known(name: string, entry: Entry, config: GitlabConfig): string {
  const told = variablesOf(entry, config);
  return name.replace(/\$\{?([A-Za-z_]\w*)\}?/g, (whole, key: string) => told[key.toLowerCase()] ?? whole);
}

interface Doings {
  readonly purposes: readonly Purpose[];
  readonly uses: readonly Use[];
}

/** The runner stops at the first failure, and within pipes where the shell can. What `after_script` does is lost. */
function commandsOf(entry: Entry, { config, library }: Scope): Doings {
  const template = word(entry.value.template);
  const scanner = template === undefined ? undefined : scannerOf(template);
  if (template !== undefined && scanner)
    return { purposes: [{ ...scanner, strength: 'run', shown: template, at: entry.at }], uses: [] };
  const lines = joinLines([...scriptOf(entry, 'before_script', config), ...scriptOf(entry, 'script', config)]);
  const step = { options: { errexit: true, pipefail: true }, cwd: '', env: variablesOf(entry, config) };
  const own = shellPurposes({ ...step, ...lines }, library.world);
  const late = shellPurposes({ ...step, ...joinLines(scriptOf(entry, 'after_script', config)) }, library.world);
  const elsewhere = entry.unresolved.length > 0 && entry.value.script === undefined;
  return {
    purposes: [
      ...own,
      ...late.map((it) => ({ ...it, weakened: it.weakened ?? 'a failure of after_script is ignored' })),
      ...(elsewhere
        ? promised(`${entry.name} ${entry.unresolved.join(' ')}`, entry.unresolved[0] ?? entry.name, entry.at)
        : []),
    ],
    uses: [],
  };
}

/** A pipeline that the job starts: one of this repository is what the job does, another project's is elsewhere. */
function childOf({ value, at, name }: Entry, { library, depth }: Scope): Doings {
  const trigger = record(value.trigger);
  const includes = (Array.isArray(trigger.include) ? trigger.include : [trigger.include]).flatMap(
    (it) => word(it) ?? word(record(it).local) ?? [],
  );
  const paths = includes.map((it) => it.replace(/^\//, '')).filter((it) => library.world.paths.has(it));
  if (paths.length === 0 || depth >= DEEPEST) {
    const target = word(value.trigger) ?? word(trigger.project) ?? `pipeline of ${name}`;
    library.delegate(at, target);
    return {
      purposes: promised(`${name} ${target}`, target, at),
      uses: [{ kind: 'workflow', target, pinned: false, local: false, at }],
    };
  }
  const waits = trigger.strategy === 'depend' || trigger.strategy === 'mirror';
  const jobs = paths.flatMap((path) => pipelinesOf(path, library, depth + 1)).flatMap((it) => it.jobs);
  const purposes = jobs.flatMap((job) =>
    job.purposes.map(
      (it): Purpose => ({
        ...it,
        at,
        via: it.via ?? it.at,
        ...(job.environment !== undefined && it.environment === undefined && { environment: job.environment }),
        ...(!waits &&
          it.intent !== 'deploy' && { weakened: it.weakened ?? 'nothing waits for the pipeline that is started' }),
      }),
    ),
  );
  return { purposes, uses: paths.map((target) => ({ kind: 'workflow', target, pinned: false, local: true, at })) };
}

interface Ordered {
  readonly job: Job;
  readonly runs: Runs;
}

const STAGES = ['build', 'test', 'deploy'];

/** Without `needs` a job waits for all jobs of earlier stages that are in the same pipeline. */
function withOrder(loose: readonly Loose[], { globals }: GitlabConfig): readonly Ordered[] {
  const written = list(globals.stages?.value ?? globals.types?.value).flatMap((it) => word(it) ?? []);
  const stages = ['.pre', ...(written.length > 0 ? written : STAGES), '.post'];
  const rank = (it: Loose): number => stages.indexOf(it.stage);
  return loose.map((one) => {
    const { needs } = one.entry.value;
    const explicit = Array.isArray(needs)
      ? needs.flatMap((it) => {
          const id =
            word(it) ??
            (record(it).pipeline === undefined && record(it).project === undefined ? word(record(it).job) : undefined);
          const needed = loose.find(({ entry }) => entry.name === id);
          return id === undefined || (record(it).optional === true && needed && !accompanies(needed.runs, one.runs))
            ? []
            : id;
        })
      : undefined;
    const implicit = loose
      .filter((it) => rank(it) < rank(one) && rank(it) >= 0 && accompanies(it.runs, one.runs))
      .map(({ entry }) => entry.name);
    return { job: one.make(explicit ?? implicit), runs: one.runs };
  });
}
