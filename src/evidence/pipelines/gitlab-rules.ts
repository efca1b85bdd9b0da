/** When jobs of GitLab CI run: `rules`, `only` and `except`, and `workflow:rules` for the pipeline. After docs.gitlab.com/ci/yaml and docs.gitlab.com/ci/jobs/job_rules. */
import { list, record, word } from '../plain-value.ts';
import { type Entry, type GitlabConfig, rulesOf } from './gitlab-config.ts';
import { infixHolds, or, type Truth } from './infix.ts';
import { type Runs, runsIn, type Situation, TAG, takes } from './situations.ts';

/** For what pipelines are created; without rules for every push, tag and so on, and for merge requests where a job asks for them. */
export function workflowRuns(config: GitlabConfig, situations: readonly Situation[]): Runs {
  const { rules } = record(config.globals.workflow?.value);
  return runsIn(situations, (it) => (rules === undefined ? true : byRules(rulesOf(rules, config), config, it)));
}

/** When a job runs. Without rules of its own or of the workflow it is in pipelines of branches and tags, not of merge requests. */
export function jobRuns({ value }: Entry, config: GitlabConfig, situations: readonly Situation[]): Runs {
  if (value.rules !== undefined) return runsIn(situations, (it) => byRules(rulesOf(value.rules, config), config, it));
  if (value.only !== undefined || value.except !== undefined)
    return runsIn(
      situations,
      (it) => byRefs(value.only ?? ['branches', 'tags'], it) !== false && byRefs(value.except ?? [], it) !== true,
    );
  const isOpen = record(config.globals.workflow?.value).rules !== undefined;
  return runsIn(situations, ({ event }) => isOpen || event !== 'change');
}

/** The first rule that holds decides; one that cannot be told may hold. */
function byRules(rules: readonly unknown[], config: GitlabConfig, situation: Situation): Truth {
  let perhaps = false;
  for (const rule of rules.map(record)) {
    // Which files change is not known; a job that runs for some of them does run for changes.
    const certain = rule.changes === undefined && rule.exists === undefined;
    const holds = typeof rule.if === 'string' ? infixHolds(rule.if, (name) => variable(name, config, situation)) : true;
    if (holds === false) continue;
    const runs = rule.when !== 'never';
    if (certain && holds === true) return runs ? true : perhaps ? undefined : false;
    perhaps ||= runs;
  }
  return perhaps ? undefined : false;
}

const SOURCES: Readonly<Record<Situation['event'], string>> = {
  change: 'merge_request_event',
  push: 'push',
  tag: 'push',
  schedule: 'schedule',
  manual: 'web',
};

/** Predefined variables, after docs.gitlab.com/ci/variables/predefined_variables. */
function variable(
  name: string,
  { globals }: GitlabConfig,
  { event, branch, mainline }: Situation,
): string | null | undefined {
  if (name === 'CI_PIPELINE_SOURCE') return SOURCES[event];
  if (name === 'CI_COMMIT_BRANCH') return event === 'change' || event === 'tag' ? null : branch;
  if (name === 'CI_COMMIT_TAG') return event === 'tag' ? TAG : null;
  if (/^CI_COMMIT_REF_(?:NAME|SLUG)$/.test(name)) return event === 'tag' ? TAG : branch;
  if (name === 'CI_DEFAULT_BRANCH') return mainline;
  if (/^CI_MERGE_REQUEST_(?:ID|IID|REF_PATH|PROJECT_ID)$/.test(name)) return event === 'change' ? '1' : null;
  if (name === 'CI_MERGE_REQUEST_TARGET_BRANCH_NAME') return event === 'change' ? mainline : null;
  if (name === 'CI_MERGE_REQUEST_SOURCE_BRANCH_NAME') return event === 'change' ? branch : null;
  if (name.startsWith('CI_') || name.startsWith('GITLAB_')) return undefined;
  // A variable of the file may be set anew by whoever starts the pipeline; a push sets none.
  const written = record(globals.variables?.value)[name];
  return event === 'manual' || event === 'schedule' ? undefined : word(written);
}

/** `only` and `except`: keywords, names and patterns of branches, or a map with `refs` and further conditions. */
function byRefs(value: unknown, situation: Situation): Truth {
  const map = record(value);
  const refs = Array.isArray(value) ? value : typeof value === 'string' ? [value] : list(map.refs);
  const others = ['variables', 'changes', 'kubernetes'].some((key) => key in map);
  if (refs.length === 0) return others ? undefined : Array.isArray(value) ? false : undefined;
  let result: Truth = false;
  for (const ref of refs.slice(0, 100)) result = or(result, byRef(word(ref) ?? '', situation));
  return result === true && others ? undefined : result;
}

function byRef(written: string, { event, branch }: Situation): Truth {
  const ref = written.split('@', 1)[0] ?? '';
  if (ref === 'branches') return event !== 'tag' && event !== 'change';
  if (ref === 'tags') return event === 'tag';
  if (ref === 'merge_requests') return event === 'change';
  if (ref === 'schedules') return event === 'schedule';
  if (ref === 'web' || ref === 'manual') return event === 'manual';
  if (ref === 'pushes') return event === 'push' || event === 'tag';
  if (/^(?:api|triggers|pipelines|external|chat|external_pull_requests)$/.test(ref)) return false;
  return event === 'change' ? false : takes([ref], event === 'tag' ? TAG : branch);
}
