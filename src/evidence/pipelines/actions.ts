/** What a ready-made action is for: a closed table over the names of actions and what they are told, never over free words. */
import { mayBegin } from './beginnings.ts';
import type { Meaning } from './commands.ts';
import type { Intent } from './pipeline.ts';

/** What an action is told, by lower-case key. */
export type Told = Readonly<Record<string, string>>;

/** Intent, tool, the action without its version, and what it has to be told for that. */
type Row = readonly [intent: Intent, tool: string, action: RegExp, when?: (told: Told) => boolean];

/** All rows; each spells out the owners it begins with. */
export const ACTIONS: readonly Row[] = [
  ['test', 'cypress', /^cypress-io\/github-action$/, (told) => told.runtests !== 'false'],
  [
    'test',
    'cargo test',
    /^actions-rs\/(?:cargo|tarpaulin)$/,
    ({ command }) => command === undefined || /^(?:test|nextest)/.test(command),
  ],
  ['test', 'phpunit', /^php-actions\/phpunit$/],
  ['test', 'newman', /^(?:matt-ball\/newman-action|anthonyvscode\/newman-action)$/],
  ['test', 'bats', /^(?:ffurrer2\/bats-action)$/],
  [
    'lint',
    'linter',
    /^(?:golangci\/golangci-lint-action|github\/super-linter|super-linter\/super-linter|oxsecurity\/megalinter|rhysd\/actionlint|hadolint\/hadolint-action|reviewdog\/\S+|psf\/black|astral-sh\/ruff-action|ludeeus\/action-shellcheck|ibiqlik\/action-yamllint|DavidAnson\/markdownlint-cli2-action)$/i,
  ],
  ['sast', 'codeql', /^github\/codeql-action\/analyze$/],
  ['sast', 'semgrep', /^(?:returntocorp|semgrep)\/semgrep-action$/],
  [
    'sast',
    'sonar',
    /^sonarsource\/(?:sonarqube-scan-action|sonarcloud-github-action|sonarqube-github-action|sonarcloud-github-c-cpp)$/i,
  ],
  [
    'sast',
    'bandit',
    /^(?:pycqa\/bandit-action|tj-actions\/bandit|shundor\/python-bandit-scan|mdegis\/bandit-action)$/i,
  ],
  ['sast', 'sonar', /^bcgov\/action-test-and-analyse(?:-java)?$/, (told) => told.sonar_token !== undefined],
  ['sast', 'gosec', /^securego\/gosec$/],
  ['sast', 'brakeman', /^(?:presidentbeef\/brakeman|artplan1\/brakeman-action|devmasx\/brakeman-linter-action)$/],
  [
    'sast',
    'static security analysis',
    /^(?:checkmarx\/\S+|veracode\/veracode-(?:pipeline-scan-action|uploadandscan-action|static-analysis)|microsoft\/(?:devskim-action|security-devops-action)|ajinabraham\/njsscan-action|jetbrains\/qodana-action|codacy\/codacy-analysis-cli-action|contrast-security-oss\/\S+|fortify\/github-action|bearer\/bearer-action|synopsys-sig\/\S+|sobelow\/action|vapier\/coverity-scan-action)$/i,
  ],
  ['sast', 'snyk code', /^snyk\/actions(?:\/\S+)?$/, ({ command = '' }) => /^code\b/.test(command)],
  ['secret-scan', 'gitleaks', /^(?:gitleaks|zricethezav)\/gitleaks-action$/],
  ['secret-scan', 'trufflehog', /^(?:trufflesecurity\/trufflehog|edplato\/trufflehog-actions-scan|max\/secret-scan)$/],
  [
    'secret-scan',
    'secret scanner',
    /^(?:gitguardian\/ggshield(?:-action|\/actions\/secret)?|secret-scanner\/action|reviewdog\/action-detect-secrets|gr2m\/detect-secrets|spectralops\/\S+)$/i,
  ],
  ['dependency-scan', 'dependency review', /^actions\/dependency-review-action$/],
  ['dependency-scan', 'osv-scanner', /^google\/osv-scanner-action(?:\/\S+)?$/],
  [
    'dependency-scan',
    'snyk',
    /^snyk\/actions(?:\/\S+)?$/,
    ({ command = 'test' }) => /^(?:test|monitor)\b/.test(command),
  ],
  ['dependency-scan', 'dependency-check', /^dependency-check\/dependency-check_action$/i],
  [
    'dependency-scan',
    'audit',
    /^(?:pypa\/gh-action-pip-audit|rustsec\/audit-check|actions-rs\/audit-check|golang\/govulncheck-action|symfonycorp\/security-checker-action|embarkstudios\/cargo-deny-action)$/i,
  ],
  [
    'dependency-scan',
    'trivy',
    /^aquasecurity\/trivy-action$/,
    (told) => /^(?:fs|repo|rootfs|sbom)$/.test(told['scan-type'] ?? ''),
  ],
  ['image-scan', 'trivy', /^aquasecurity\/trivy-action$/, (told) => (told['scan-type'] ?? 'image') === 'image'],
  [
    'image-scan',
    'image scanner',
    /^(?:anchore\/scan-action|azure\/container-scan|docker\/scout-action|phonito\/\S+|sysdiglabs\/scan-action|snyk\/actions\/docker)$/i,
  ],
  [
    'iac-scan',
    'infrastructure scanner',
    /^(?:bridgecrewio\/checkov-action|aquasecurity\/tfsec-\S+|tenable\/terrascan-action|checkmarx\/kics-github-action|stackrox\/kube-linter-action|azure\/k8s-lint|zizmorcore\/zizmor-action)$/i,
  ],
  ['iac-scan', 'trivy', /^aquasecurity\/trivy-action$/, (told) => told['scan-type'] === 'config'],
  // Without a word a scan of files looks for secrets too: trivy.dev/latest/docs/scanner/secret
  [
    'secret-scan',
    'trivy',
    /^aquasecurity\/trivy-action$/,
    ({ 'scan-type': type = '', scanners = 'vuln,secret' }) =>
      /^(?:fs|repo|rootfs)$/.test(type) && /\bsecret\b/.test(scanners),
  ],
  ['dast', 'zap', /^(?:zaproxy\/action-\S+|stackhawk\/hawkscan-action)$/],
  ['load-test', 'k6', /^grafana\/(?:k6-action|run-k6-action)$/],
  ['load-test', 'artillery', /^artilleryio\/action-cli$/],
  [
    'load-test',
    'load generator',
    /^(?:rbhadti94\/apache-jmeter-action|qainsights\/perfaction|azure\/load-testing|apdex\/locust-action|codeyogico\/locust-\S+)$/i,
  ],
  [
    'accessibility-test',
    'lighthouse',
    /^(?:treosh\/lighthouse-ci-action|foo-software\/lighthouse-check-action|microsoft\/accessibility-insights-action|a11ywatch\/github-action)$/,
  ],
  [
    'image-build',
    'docker',
    /^(?:docker\/(?:build-push-action|bake-action)|depot\/(?:build-push-action|bake-action)|nais\/docker-build-push|redhat-actions\/buildah-build|mr-smithers-excellent\/docker-build-push|elgohr\/publish-docker-github-action|macbre\/push-to-ghcr|whoan\/docker-build-with-cache-action|aevea\/action-kaniko|buildpacks\/github-actions\S*|azure\/acr-build|redhat-actions\/s2i-build)$/i,
  ],
  [
    'image-push',
    'docker',
    /^(?:docker|depot)\/(?:build-push-action|bake-action)$/,
    ({ push, outputs = '', set = '' }) =>
      (push !== undefined && push !== 'false') || /push=true|type=registry/.test(outputs + set),
  ],
  [
    'image-push',
    'docker',
    /^(?:nais\/docker-build-push|redhat-actions\/push-to-registry|mr-smithers-excellent\/docker-build-push|elgohr\/publish-docker-github-action|macbre\/push-to-ghcr|akhilerm\/tag-push-action|azure\/acr-build)$/i,
  ],
  [
    'sbom',
    'sbom',
    /^(?:anchore\/sbom-action|cyclonedx\/\S+|actions\/attest-sbom|advanced-security\/sbom-generator-action)$/i,
  ],
  [
    'sign',
    'attestation',
    /^(?:actions\/attest(?:-build-provenance)?|slsa-framework\/slsa-github-generator(?:\/\S+)?|nais\/attest-sign)$/,
  ],
  [
    'deploy',
    'azure',
    /^azure\/(?:webapps-deploy|k8s-deploy|container-apps-deploy-action|functions-action|aks-deploy|spring-apps-deploy|static-web-apps-deploy|appservice-actions\S*)$/i,
  ],
  [
    'deploy',
    'gcloud',
    /^google-github-actions\/(?:deploy-cloudrun|deploy-appengine|deploy-cloud-functions|create-cloud-deploy-release)$/,
  ],
  [
    'deploy',
    'aws',
    /^(?:aws-actions\/(?:amazon-ecs-deploy-task-definition|aws-cloudformation-github-deploy|amazon-ecs-deploy-express-service|aws-lambda-deploy|aws-codebuild-run-build)|einaregilsson\/beanstalk-deploy|appleboy\/lambda-action)$/,
  ],
  ['deploy', 'nais', /^nais\/deploy\/actions\/deploy$/],
  ['deploy', 'openshift', /^bcgov\/action-deployer-openshift$/],
  [
    'deploy',
    'helm',
    /^(?:deliverybot\/helm|koslib\/helm-eks-action|bitovi\/github-actions-deploy-\S+|vimeda\/helm|wyrihaximus\/github-action-helm3)$/i,
  ],
  [
    'deploy',
    'platform',
    /^(?:superfly\/flyctl-actions|akhileshns\/heroku-deploy|amondnet\/vercel-action|cloudflare\/(?:wrangler-action|pages-action)|nwtgck\/actions-netlify|netlify\/actions\/cli|firebaseextended\/action-hosting-deploy|w9jds\/firebase-action|actions-hub\/kubectl|steebchen\/kubectl|kodermax\/kubectl-aws-eks|johnnyopao\/deploy-\S+|digitalocean\/app_action\/deploy|bervproject\/railway-deploy|dfe-digital\/github-actions\/deploy-to-aks)$/i,
    (told) => told.args === undefined || !/^(?:secrets|auth|info|version|get|describe|config|logs)\b/.test(told.args),
  ],
  [
    'canary',
    'cloud run',
    /^google-github-actions\/deploy-cloudrun$/,
    (told) => told.no_traffic === 'true' || told.revision_traffic !== undefined || told.tag_traffic !== undefined,
  ],
  ['canary', 'azure', /^azure\/k8s-deploy$/i, ({ strategy = '' }) => /^(?:canary|blue-green)$/.test(strategy)],
  [
    'canary',
    'codedeploy',
    /^aws-actions\/amazon-ecs-deploy-task-definition$/,
    (told) => told['codedeploy-appspec'] !== undefined,
  ],
  [
    'release',
    'release',
    /^(?:softprops\/action-gh-release|ncipollo\/release-action|goreleaser\/goreleaser-action|cycjimmy\/semantic-release-action|google-github-actions\/release-please-action|googleapis\/release-please-action|changesets\/action|actions\/create-release|mathieudutour\/github-tag-action|anothrNick\/github-tag-action|pypa\/gh-action-pypi-publish|getsentry\/action-release)$/i,
  ],
  [
    'notify',
    'chat',
    /^(?:slackapi\/slack-github-action|8398a7\/action-slack|rtCamp\/action-slack-notify|act10ns\/slack)$/i,
  ],
];

/** Inputs of actions that hold commands of a shell. */
const COMMANDS: readonly (readonly [action: RegExp, keys: readonly string[]])[] = [
  [/^nick-(?:fields|invision)\/retry$/, ['command', 'on_retry_command']],
  [/^wandalen\/wretry\.action$/i, ['command']],
  [/^(?:GabrielBB\/xvfb-action|coactions\/setup-xvfb|smithki\/xvfb-action)$/i, ['run']],
  [/^reactivecircus\/android-emulator-runner$/, ['script']],
  [/^(?:addnab\/docker-run-action|uraimo\/run-on-arch-action|vmactions\/\S+|cross-platform-actions\/action)$/, ['run']],
  [/^devcontainers\/ci$/, ['runcmd']],
  [/^bcgov\/action-test-and-analyse(?:-java)?$/, ['commands']],
  [/^cypress-io\/github-action$/, ['command']],
  [/^appleboy\/ssh-action$/, ['script']],
  [/^cloud-gov\/cg-cli-tools$/, ['command', 'cf_command']],
  [/^(?:citizen-of-planet-earth|clearsky|dawn-foundry)\/cf-cli-action$/, ['command']],
  [/^azure\/(?:cli|powershell)$/i, ['inlinescript']],
];

/** Inputs that are arguments of a program which the action runs. */
const ARGUMENTS: readonly (readonly [action: RegExp, program: string, keys: readonly string[]])[] = [
  [/^gradle\/(?:gradle-build-action|actions\/setup-gradle|actions)$/, 'gradle', ['arguments']],
  [/^eskatos\/gradle-command-action$/, 'gradle', ['arguments']],
  [/^borales\/actions-yarn$/i, 'yarn', ['cmd']],
  [/^superfly\/flyctl-actions$/, 'flyctl', ['args']],
  [/^php-actions\/composer$/, 'composer', ['command']],
  [/^cloud-gov\/cg-cli-tools$/, 'cf', ['command', 'cf_command']],
  [/^actions-hub\/kubectl$/, 'kubectl', ['args']],
  [/^pulumi\/actions$/, 'pulumi', ['command']],
  [/^goreleaser\/goreleaser-action$/, 'goreleaser', ['args']],
  [/^dflook\/terraform-apply$/, 'terraform apply', ['path']],
  [/^helmfile\/helmfile-action$/, 'helmfile', ['helmfile-args']],
];

/** What an action itself is for. */
export function meaningsOfAction(action: string, told: Told): readonly Meaning[] {
  return ACTIONS.filter(([, , pattern, when]) => isNamed(action, pattern) && (when?.(told) ?? true)).map(
    ([intent, tool]) => ({ intent, tool }),
  );
}

/** Shell that an action runs because it is told to. */
export function shellOfAction(action: string, told: Told): readonly string[] {
  const written = COMMANDS.filter(([pattern]) => isNamed(action, pattern)).flatMap(([, keys]) =>
    keys.flatMap((key) => told[key] ?? []),
  );
  const composed = ARGUMENTS.filter(([pattern]) => isNamed(action, pattern)).flatMap(([, program, keys]) =>
    keys.flatMap((key) => (told[key] === undefined ? [] : `${program} ${told[key]}`)),
  );
  return [...written, ...composed];
}

function isNamed(action: string, pattern: RegExp): boolean {
  return mayBegin(pattern, action) && pattern.test(action);
}
