/** By which expressions a command or an action says what it builds or deploys, and to which environment. Reads words; decides nothing. */

/** Expressions that name a commit, a version or an output of another job, as written. */
const CARRIERS =
  /needs\.[\w-]+\.outputs\.[\w-]+|steps\.[\w-]+\.outputs\.[\w-]+|github\.(?:sha|ref_name|event\.release\.tag_name|event\.pull_request\.head\.sha)|inputs\.[\w-]*(?:tag|version|image|digest|sha|ref)[\w-]*|env\.[\w-]*(?:TAG|VERSION|IMAGE|SHA|DIGEST)[\w-]*|\$\{?(?:GITHUB_SHA|GITHUB_REF_NAME|CI_COMMIT_(?:SHA|SHORT_SHA|TAG|REF_SLUG)|CIRCLE_SHA1|CIRCLE_TAG|BUILD_SOURCEVERSION|COMMIT_SHA|SHORT_SHA|TAG_NAME|BUILDKITE_COMMIT|DRONE_COMMIT_SHA|TRAVIS_COMMIT|GIT_COMMIT|[A-Z_]*(?:IMAGE|VERSION|TAG|SHA|DIGEST)[A-Z_]*)|git rev-parse|git describe/g;

const MOST = 10;

/** Such expressions in a text, each once. */
export function carriedBy(text: string): readonly string[] {
  return [...new Set((text.slice(0, 20_000).match(CARRIERS) ?? []).map((it) => it.replace(/^\$\{?/, '$')))].slice(
    0,
    MOST,
  );
}

/** Whether an expression says which commit it is. */
export function namesCommit(expression: string): boolean {
  return /sha\b|SHA|COMMIT|rev-parse|describe|SOURCEVERSION/i.test(expression);
}

const ENVIRONMENT =
  /(?:^|[^a-z0-9])((?:pre|non)[-_]?prod(?:uction)?|prod(?:uction)?|prd|live|staging|stage|stg|uat|qa|sit|acceptance|acc|preview|sandbox|develop(?:ment)?|dev|testing|test|tst|int|integration|demo|e2e)(?=$|[^a-z0-9])/gi;
const TELLING =
  /^(?:-n|--namespace|-e|--environment|--env|--stage|--context|--kube-context|--cluster|--project|-c|--config|-f|--values|-var-file|--var-file|--app|-a|--service|--space|-s|--org|--target|--slot|--profile|--overlay|-k)$/;

/** The environment that the options, paths and values of a command name; undefined where none or several are. `onlyTold`: other words say what it does, not where. */
export function environmentIn(words: readonly string[], onlyTold = false): string | undefined {
  const told = words.flatMap((word, index) => {
    const option = word.split('=', 1)[0] ?? '';
    if (TELLING.test(option)) return word.includes('=') ? word.slice(option.length + 1) : (words[index + 1] ?? '');
    return index > 0 && /[/]|\.ya?ml|\.tfvars/.test(word) && !word.startsWith('/dev/') ? word : [];
  });
  // Where files are put on their way is no environment.
  const others = words.slice(1).filter((it) => !/staging[-_](?:dir|bucket)/i.test(it));
  const [plain] = [namedIn(told.join(' ')), onlyTold ? [] : namedIn(others.join(' '))].filter((it) => it.length > 0);
  return plain?.length === 1 ? plain[0] : undefined;
}

/** Environments that a text names, each once, in lower case. */
export function namedIn(text: string): readonly string[] {
  const plain = text
    .slice(0, 4000)
    .replace(/\/dev\/\w+|\$\{\{[^}]*\}\}|continuous[-_ ]integration/gi, ' ')
    .replace(/([a-z])([A-Z])/g, '$1-$2');
  return [...new Set([...plain.matchAll(ENVIRONMENT)].map(([, name = '']) => name.toLowerCase()))];
}
