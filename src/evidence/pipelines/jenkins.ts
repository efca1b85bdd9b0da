/** Jenkinsfiles, read as text: stages in their order as jobs, their `sh` steps, and when they run. What a shared library does is elsewhere. */
import type { Place } from '../../model.ts';
import type { Told } from './actions.ts';
import { environmentClass } from './environments.ts';
import { type Library, promised } from './github-steps.ts';
import { type Call, groovyCalls } from './groovy-blocks.ts';
import { infixHolds, not, type Truth } from './infix.ts';
import { multibranch, nameOfJenkins, whenHolds } from './jenkins-when.ts';
import { jobOf } from './job-draft.ts';
import type { Job, Pipeline, Purpose, Trigger, Use } from './pipeline.ts';
import { DELIVERS } from './purposes.ts';
import { shellPurposes } from './shell-step.ts';
import { bothRun, conditionOf, type Runs, runsIn, type Situation, situationsOf, triggersOf } from './situations.ts';
import { joined } from './world.ts';

const MOST_JOBS = 200;
const DEEPEST = 30;

/** The pipeline of a file. */
export function readJenkinsfile(path: string, library: Library): readonly Pipeline[] {
  const text = library.world.text(path);
  if (text === undefined) return [];
  const calls = groovyCalls(text);
  const situations = situationsOf(text);
  const scope: Scope = {
    ...{ path, library, situations, jobs: [] },
    functions: new Map(calls.flatMap((it) => (it.name.startsWith('def ') ? [[it.name.slice(4), it]] : []))),
    variables: new Set(
      [...text.matchAll(/\b(\w+)\s*=(?![=~])|\b(\w+)\s*->/g)].map(([, assigned, given]) => assigned ?? given ?? ''),
    ),
    builds: text.includes('docker.build'),
    // Scripts that are loaded hold steps just as libraries do.
    libraries: [...text.matchAll(/(?:@Library|\blibrary|\bload)[\s([]{0,20}["']([^"'\n]{1,200})/g)].map(
      ([, it = '']) => it,
    ),
  };
  const root: Around = {
    needs: [],
    runs: runsIn(situations, () => true),
    env: {},
    cwd: '',
    depth: 0,
    names: [],
    manual: false,
  };
  const own = stagesIn(
    calls.filter(({ name }) => !name.startsWith('def ')),
    root,
    scope,
  );
  if (own.length === 0 && scope.jobs.length === 0) return [];
  const at = { path, line: calls.find(({ name }) => /^(?:pipeline|node)$/.test(name))?.line ?? 1 };
  const triggers: readonly Trigger[] =
    multibranch(text) === 'nothing' ? [] : triggersOf(situations, startedBy(text, situations), at);
  return [{ system: 'jenkins', name: path, triggers, startedBy: 'settings of Jenkins', jobs: scope.jobs, at }];
}

/** What a file that speaks of branches says: only a Multibranch Pipeline has them, and it builds every one. Proposals where it speaks of those: jenkins.io/doc/book/pipeline/syntax/#when. */
function startedBy(text: string, situations: readonly Situation[]): Runs {
  const kind = multibranch(text);
  return runsIn(
    situations,
    ({ event }) =>
      event === 'push' ||
      (event === 'change' && kind === 'changes') ||
      (event === 'tag' && /\bbuildingTag\b|\bTAG_NAME\b|\btag\s+['"]/.test(text)),
  );
}

interface Scope {
  readonly path: string;
  readonly library: Library;
  readonly situations: readonly Situation[];
  readonly jobs: Job[];
  readonly functions: ReadonlyMap<string, Call>;
  readonly libraries: readonly string[];
  /** Names that something is assigned to. */
  readonly variables: ReadonlySet<string>;
  /** It builds images by the plugin of Docker. */
  readonly builds: boolean;
}

/** What holds for the calls of a block. */
interface Around {
  readonly needs: readonly string[];
  readonly runs: Runs;
  readonly env: Told;
  readonly cwd: string | undefined;
  readonly depth: number;
  /** Names of the stages around. */
  readonly names: readonly string[];
  readonly manual: boolean;
  readonly weakened?: string;
  readonly after?: 'failure' | 'anything';
}

/** Jobs of the stages in these calls, put down in their order; gives the ids of those that what follows has to wait for. */
function stagesIn(calls: readonly Call[], around: Around, scope: Scope): readonly string[] {
  const done: string[] = [];
  const loose: Call[] = [];
  const env = { ...around.env, ...environmentOf(calls) };
  const inner = (): Around => ({ ...around, env, depth: around.depth + 1, needs: [...around.needs, ...done] });
  if (around.depth > DEEPEST) return done;
  for (const call of calls) {
    const body = call.body ?? [];
    if (call.name === 'stage' && call.body) done.push(...stage(call, inner(), scope));
    else if (call.name === 'parallel' && call.body) {
      const before = inner();
      const ids = body.flatMap((it) => (it.name === 'stage' ? stage(it, before, scope) : []));
      done.push(...ids);
    } else if (call.name === 'post') done.push(...postOf(call, inner(), scope));
    else if (holdsStages(call)) done.push(...stagesIn(body, inner(), scope));
    else loose.push(call);
  }
  const first = around.names.at(-1) ?? 'pipeline';
  const doings = doingsOf(loose, { ...around, env }, scope);
  if (doings.purposes.length > 0 || doings.uses.length > 0)
    done.push(put(first, loose[0]?.line ?? 1, { ...around, env, needs: [...around.needs, ...done] }, doings, scope));
  return done;
}

function holdsStages({ name, body = [] }: Call): boolean {
  return (
    !/^(?:when|environment|options|parameters|triggers|agent|tools|def .*)$/.test(name) &&
    body.some((it) => it.name === 'stage' || it.name === 'parallel' || it.name === 'post' || holdsStages(it))
  );
}

function stage(call: Call, around: Around, scope: Scope): readonly string[] {
  const body = call.body ?? [];
  const name = call.texts[0]?.text ?? `stage ${scope.jobs.length + 1}`;
  const when = body.find((it) => it.name === 'when');
  const own = when ? runsIn(scope.situations, (it) => whenHolds(when.body ?? [], it)) : {};
  const runs = bothRun(around.runs, own);
  const manual = around.manual || body.some((it) => it.name === 'input');
  const inner: Around = { ...around, runs, manual, names: [...around.names, name], depth: around.depth + 1 };
  const left = body.filter((it) => it.name !== 'when' && it.name !== 'input');
  const post = left.filter((it) => it.name === 'post');
  const rest = left.filter((it) => it.name !== 'post');
  if (rest.some((it) => it.name === 'stage' || holdsStages(it) || (it.name === 'parallel' && it.body)))
    return stagesIn(left, inner, scope);
  const env = { ...around.env, ...environmentOf(rest) };
  const doings = doingsOf(rest, { ...inner, env }, scope);
  const late = doingsOf(post, { ...inner, env }, scope);
  return [
    put(
      name,
      call.line,
      inner,
      { purposes: [...doings.purposes, ...late.purposes], uses: [...doings.uses, ...late.uses] },
      scope,
    ),
  ];
}

function put(
  name: string,
  line: number,
  around: Around,
  { purposes, uses, manual }: Doings,
  { path, jobs }: Scope,
): string {
  const id = jobs.some((it) => it.id === name) ? `${name} (line ${line})` : name;
  // A stage may be called Test for what it does; the stages around a deployment say where it goes.
  const delivers = purposes.some(({ intent }) => DELIVERS.test(intent));
  const environment = delivers ? around.names.slice(0, -1).find((it) => environmentClass(it) !== 'unnamed') : undefined;
  if (jobs.length < MOST_JOBS)
    jobs.push(
      jobOf({
        id,
        needs: around.needs,
        runs: around.runs,
        manual: around.manual || manual === true,
        after: around.after,
        environment,
        purposes,
        uses,
        at: { path, line },
      }),
    );
  return id;
}

/** What follows all stages: after a failure, or anyway. It keeps nothing from going on. */
function postOf(call: Call, around: Around, scope: Scope): readonly string[] {
  const doings = doingsOf([call], around, scope);
  if (doings.purposes.length > 0) put('post', call.line, { ...around, after: 'anything' }, doings, scope);
  return [];
}

/** Literal values of an `environment` block. */
function environmentOf(calls: readonly Call[]): Told {
  const assigned = calls.filter(({ name }) => name === 'environment').flatMap(({ body = [] }) => body);
  return Object.fromEntries(
    assigned.flatMap(({ assigns, texts: [value] }) =>
      assigns !== undefined && value ? [[assigns.toLowerCase(), value.text]] : [],
    ),
  );
}

interface Doings {
  readonly purposes: readonly Purpose[];
  readonly uses: readonly Use[];
  readonly manual?: boolean;
}

/** What the steps of a block do, with what is around them: folders, conditions, failures that are caught. */
function doingsOf(calls: readonly Call[], around: Around, scope: Scope): Doings {
  const all =
    around.depth > DEEPEST || !scope.library.spend({ path: scope.path })
      ? []
      : calls.map((it, index) =>
          stepOf(it, calls[index + 1], calls[index - 1], { ...around, depth: around.depth + 1 }, scope),
        );
  return {
    purposes: all.flatMap(({ purposes }) => purposes),
    uses: all.flatMap(({ uses }) => uses),
    manual: all.some(({ manual }) => manual) || calls.some(({ name }) => name === 'input'),
  };
}

const NOTHING: Doings = { purposes: [], uses: [] };

function stepOf(call: Call, next: Call | undefined, last: Call | undefined, around: Around, scope: Scope): Doings {
  const { name, body, texts } = call;
  if (/^(?:(?:steps|script)\.)?(?:sh|bat|powershell|pwsh)$/.test(name))
    return { purposes: shellOf(call, around, scope), uses: [] };
  if (/^(?:when|environment|options|parameters|triggers|agent|tools|def .*)$/.test(name)) return NOTHING;
  if (name === 'build') return elsewhere(texts[0]?.text ?? 'a job', 'workflow', call, scope);
  if (name === 'dir' && body)
    return doingsOf(body, { ...around, cwd: joined(around.cwd, texts[0]?.text ?? '') }, scope);
  if (name === 'catchError' || name === 'warnError')
    return doingsOf(body ?? [], { ...around, weakened: `${name} lets the build go on` }, scope);
  if (
    name === 'try' &&
    next?.name === 'catch' &&
    !/\bthrow\b|\berror\b|FAILURE|sh\s*['"(]\s*['"]?exit/.test(next.raw ?? '')
  )
    return doingsOf(body ?? [], { ...around, weakened: 'its failure is caught' }, scope);
  if (name === 'if' || (name === 'else' && last?.name === 'if')) return branchOf(call, last, around, scope);
  if (/^(?:failure|unsuccessful|unstable|aborted|regression|catch)$/.test(name))
    return conditioned(doingsOf(body ?? [], around, scope), 'failure()');
  if (body && scope.libraries.length > 0 && /\wPipeline$/.test(name)) {
    const [whole, within] = [elsewhere(name, 'library', call, scope), doingsOf(body, around, scope)];
    return { ...within, purposes: [...whole.purposes, ...within.purposes], uses: [...whole.uses, ...within.uses] };
  }
  if (body) return doingsOf(body, around, scope);
  const local = scope.functions.get(name);
  if (local) return doingsOf(local.body ?? [], around, scope);
  if (name === 'docker.build' || (/^\w+\.push$/.test(name) && scope.builds)) return image(call, scope);
  return isShared(call, scope) ? elsewhere(name, 'library', call, scope) : NOTHING;
}

/** `docker.build('x')` and `image.push()` of the Docker Pipeline plugin. */
function image({ name, line }: Call, { path }: Scope): Doings {
  const intent = name === 'docker.build' ? 'image-build' : 'image-push';
  return { purposes: [{ intent, tool: 'docker', strength: 'run', shown: name, at: { path, line } }], uses: [] };
}

/** A step of a shared library is called by its name alone; the library may be named in the file or set in Jenkins. */
function isShared({ name, given }: Call, { libraries, variables }: Scope): boolean {
  const [first = ''] = name.split('.');
  if (STEPS.test(name) || (libraries.length === 0 && variables.has(first))) return false;
  return /^[a-z]\w*[A-Z]\w*$|^[a-z]\w*\.[a-z]\w*$/.test(name) || (given === '()' && libraries.length > 0);
}

/** Steps of Jenkins and methods that do nothing to the service. */
const STEPS =
  /^(?:log|openshift|env|params|currentBuild|scm|docker|System|Math|JSON|this|steps|readFile|readJSON|readYaml|writeFile|writeJSON|fileExists|archiveArtifacts|junit|publishHTML|slackSend|emailext|cleanWs|deleteDir|checkout|stash|unstash|withCredentials|timestamps|ansiColor|buildDiscarder|logRotator|disableConcurrentBuilds|skipDefaultCheckout|githubNotify|waitForQualityGate|recordIssues|setGitHubPullRequestStatus|isUnix|pwd|echo|error|println)(?:\.|$)/;

/** A block behind a condition of the pipeline's own. */
function branchOf(call: Call, last: Call | undefined, around: Around, scope: Scope): Doings {
  const asked = (call.name === 'if' ? call.given : (last?.given ?? '')).replace(/^\(|\)$/g, '');
  const runs = runsIn(scope.situations, (it) => {
    const holds: Truth = infixHolds(asked, (name) => nameOfJenkins(name, it));
    return call.name === 'if' ? holds : not(holds);
  });
  const within = doingsOf(call.body ?? [], around, scope);
  const condition = conditionOf(runs);
  return condition === undefined ? within : conditioned(within, condition);
}

function conditioned(doings: Doings, condition: string): Doings {
  return {
    ...doings,
    purposes: doings.purposes.map((it) => ({
      ...it,
      condition: it.condition === undefined ? condition : `(${condition}) && (${it.condition})`,
    })),
  };
}

function elsewhere(target: string, kind: 'workflow' | 'library', call: Call, { path, library }: Scope): Doings {
  const at: Place = { path, line: call.line };
  const named = promised(target, target, at);
  library.delegate(at, kind === 'library' ? `${target} of a shared library` : target);
  return { purposes: named, uses: [{ kind, target, pinned: false, local: false, at }] };
}

/** `sh` runs `sh -xe`, unless the script says otherwise in its first line: jenkins.io/doc/pipeline/steps/workflow-durable-task-step. */
function shellOf({ texts, given }: Call, around: Around, { path, library }: Scope): readonly Purpose[] {
  // `label:` and `encoding:` are texts too; the script is the longest.
  const [script] = [...texts].sort((a, b) => b.text.length - a.text.length);
  if (!script) return [];
  const text = script.text;
  const first = text.trimStart();
  const errexit = !first.startsWith('#!') || /^#!.*\s-\w*e/.test(first);
  const returned = /\breturnStatus\s*:\s*true/.test(given) ? 'its status is only returned' : undefined;
  const weakened = around.weakened ?? returned;
  const found = shellPurposes(
    {
      text,
      options: { errexit, pipefail: false },
      cwd: around.cwd,
      env: around.env,
      at: (line) => ({ path, line: script.line + line - 1 }),
    },
    library.world,
  );
  return weakened === undefined ? found : found.map((it) => ({ ...it, weakened: it.weakened ?? weakened }));
}
