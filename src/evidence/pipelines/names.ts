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
  ['test', /^(?:tests?|testing|unit|unittests?|integration|integrationtests?|e2e|spec|specs|pytest|jest|verify|ci|qa|check|checks|testsuite)$/],
];

/** What the words of a name promise, at most once each. */
export function promisesOf(name: string): readonly Intent[] {
  const words = name
    .slice(0, 300)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return PROMISES.filter(([intent, pattern]) => words.some((word) => pattern.test(word)) && !isOther(intent, words)).map(
    ([intent]) => intent,
  );
}

/** "secrets: inherit", "load secrets", "load image" and "revert" of a pull request promise nothing of the kind. */
function isOther(intent: Intent, words: readonly string[]): boolean {
  if (intent === 'secret-scan') return words.some((it) => /^secrets?$/.test(it)) && !words.some((it) => /^(?:scan|scanning|scanner|detect|detection|leaks?|gitleaks|trufflehog|ggshield)$/.test(it));
  if (intent === 'load-test') return words.includes('load') && !words.some((it) => /^(?:tests?|testing|performance|perf)$/.test(it)) ;
  if (intent === 'sast') return words.includes('static') && !words.some((it) => /^(?:analysis|security|code|sast)$/.test(it));
  return false;
}
