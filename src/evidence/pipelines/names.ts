/** What a name promises: of a step, a job, a script or a workflow that cannot be looked into. A promise proves nothing. */
import type { Intent } from './pipeline.ts';

const PROMISES: readonly (readonly [intent: Intent, word: RegExp])[] = [
  ['smoke-test', /^(?:smoke|smoketests?|healthcheck|sanity)$/],
  ['load-test', /^(?:load|perf|performance|k6|locust|gatling|jmeter|artillery|stress|loadtests?)$/],
  ['accessibility-test', /^(?:a11y|accessibility|axe|pa11y|lighthouse|lhci)$/],
  ['sast', /^(?:sast|codeql|semgrep|sonar|sonarqube|sonarcloud|bandit|gosec|brakeman|veracode|checkmarx|static)$/],
  ['secret-scan', /^(?:gitleaks|trufflehog|secrets?|ggshield|gitguardian)$/],
  ['image-scan', /^(?:trivy|grype|clair)$/],
  ['rollback', /^(?:rollback|revert|undo)$/],
  ['canary', /^(?:canary|bluegreen|progressive)$/],
  ['deploy', /^(?:deploy|deployment|deploys|deployer|redeploy|rollout|promote|ship|cd)$/],
  ['image-build', /^(?:docker|image|images|container)$/],
  [
    'test',
    /^(?:tests?|testing|unit|unittests?|integration|integrationtests?|e2e|spec|specs|pytest|jest|verify|ci|qa|check|checks|testsuite)$/,
  ],
];

/** What the words of a name promise, at most once each. */
export function promisesOf(name: string): readonly Intent[] {
  const words = name
    .slice(0, 300)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return PROMISES.filter(
    ([intent, pattern]) => words.some((word) => pattern.test(word)) && !isOther(intent, words),
  ).map(([intent]) => intent);
}

/** Checks of something else than the code's behaviour. */
const NOT_TESTS =
  /^(?:security|snyk|owasp|veracode|scan|scanning|scanner|policy|labels?|titles?|dependabot|dependency|dependencies|docs?|openapi|links?|format|formatting|style|commits?|licen[sc]es?|cla|dco|spelling|size|sonar|codeql|pr|semantic|changelog|version|health)$/;

/** "secrets: inherit", "load secrets", "load image" and "revert" of a pull request promise nothing of the kind. */
function isOther(intent: Intent, words: readonly string[]): boolean {
  const has = (pattern: RegExp): boolean => words.some((it) => pattern.test(it));
  if (intent === 'image-build') return !has(/^(?:build|builds|buildx|publish|push)$/);
  if (intent === 'test' && has(/^lint(?:ing|er)?$/) && !has(/^tests?$/)) return true;
  if (intent === 'test' && !has(/^(?:tests?|testing|unit|e2e|integration|specs?|unittests?|pytest|jest)$/))
    return has(NOT_TESTS);
  if (intent === 'secret-scan')
    return (
      has(/^secrets?$/) && !has(/^(?:scan|scanning|scanner|detect|detection|leaks?|gitleaks|trufflehog|ggshield)$/)
    );
  if (intent === 'load-test') return words.includes('load') && !has(/^(?:tests?|testing|performance|perf)$/);
  if (intent === 'sast') return words.includes('static') && !has(/^(?:analysis|security|code|sast)$/);
  return false;
}
