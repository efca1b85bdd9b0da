/** What a command is for: a closed table over programs and their arguments, never over free words. */

import { mayBegin } from './beginnings.ts';
import type { Intent } from './pipeline.ts';
import { type Row, TESTS, testsOfJvm } from './test-commands.ts';
import { baseName } from './wrappers.ts';

/** One thing that a command does. */
export interface Meaning {
  readonly intent: Intent;
  readonly tool: string;
}

/** Asks for help, a version or a list, so that nothing is done. */
const IDLE =
  /^\S+ (?:version|help|-h|-V)(?:\s|$)|\s(?:--help|--version|--collect-only|--list-tests|--listTests|--dry-run(?:=(?:client|server|true))?|--co)(?:\s|$)/;

const CHECKS: readonly Row[] = [
  [
    'lint',
    'linter',
    /^(?:eslint|prettier|biome|stylelint|tsc|flake8|ruff|black|isort|mypy|pylint|pyright|rubocop|golangci-lint|gofmt|go vet|staticcheck|ktlint|detekt|checkstyle|shellcheck|hadolint|yamllint|markdownlint|actionlint|tflint|phpstan|psalm|pint|phpcs|clippy|cargo (?:clippy|fmt)|helm lint|ct lint|terraform (?:fmt|validate)|dotnet format|swiftlint|credo|mix (?:credo|format)|buf lint|spectral lint|commitlint|xo|standard|oxlint|lint-staged)(?:\s|$)/,
  ],
  ['load-test', 'k6', /^(?:k6|xk6) (?:run|cloud)(?:\s|$)/],
  ['load-test', 'artillery', /^artillery (?:run|run-fargate|run-lambda|quick)(?:\s|$)/],
  ['load-test', 'locust', /^locust(?:\s|$)/],
  ['load-test', 'jmeter', /^jmeter(?:\.sh)?\s|^(?:mvn|mvnw)\s.*\bjmeter:jmeter\b/],
  [
    'load-test',
    'gatling',
    /^(?:gatling(?:\.sh)?)(?:\s|$)|^(?:mvn|mvnw)\s.*\bgatling:test\b|^(?:gradle|gradlew)\s.*\bgatlingRun\b|^sbt\s.*\bGatling\/test/i,
  ],
  [
    'load-test',
    'load generator',
    /^(?:vegeta attack|wrk2?|hey|ab|oha|bombardier|drill|ghz|autocannon|siege|fortio load|hyperfoil|ddosify|plow|tsung start|taurus|bzt|loadtest|yandex-tank|goose-load)(?:\s|$)/,
  ],
  ['accessibility-test', 'pa11y', /^pa11y(?:-ci)?(?:\s|$)/],
  ['accessibility-test', 'axe', /^(?:axe|@axe-core\/cli|axe-cli)\s/],
  [
    'accessibility-test',
    'lighthouse',
    /^(?:lhci autorun|lhci assert|lighthouse|@lhci\/cli autorun|unlighthouse-ci)(?:\s|$)/,
  ],
  [
    'chaos-test',
    'chaos',
    /^(?:chaos run|chaosd|litmusctl|toxiproxy-cli toxic|gremlin attack|aws fis start-experiment|blade create)(?:\s|$)/,
  ],
  ['smoke-test', 'helm test', /^helm test(?:\s|$)/],
  [
    'smoke-test',
    'curl',
    /^(?:curl|wget|http|xh|httpie)\s(?=.*(?:health|ready|live|status|ping|smoke|version))(?=(?:.*\s)?(?:-[a-zA-Z]*f[a-zA-Z]*(?:\s|$)|--fail|--spider|--check-status))/,
  ],
];

const SCANS: readonly Row[] = [
  ['sast', 'semgrep', /^(?:semgrep|opengrep)\s+(?:ci|scan|--config|-c)/],
  ['sast', 'codeql', /^codeql database analyze/],
  [
    'sast',
    'sonar',
    /^(?:sonar-scanner(?:-cli)?|sonarscanner|dotnet[ -]sonarscanner begin|sonar)(?:\s|$)|^(?:mvn|mvnw)\s.*\bsonar:sonar\b|^(?:mvn|mvnw)\s.*sonar-maven-plugin\S*:sonar|^(?:gradle|gradlew)\s.*\b(?:sonar|sonarqube)(?:\s|$)|^@sonar\/scan(?:\s|$)/,
  ],
  ['sast', 'bandit', /^bandit\s/],
  ['sast', 'gosec', /^gosec\s/],
  ['sast', 'brakeman', /^brakeman(?:\s|$)/],
  ['sast', 'snyk code', /^snyk code test/],
  [
    'sast',
    'static security analysis',
    /^(?:njsscan|nodejsscan|horusec start|flawfinder|security-scan|sobelow|mix sobelow|bearer scan|checkmarx|cx scan create|veracode|mobsfscan|insider|devskim analyze|ruff check .*--select[= ]\S*\bS\b|findsecbugs|spotbugs)(?:\s|$)/,
  ],
  ['secret-scan', 'gitleaks', /^gitleaks (?:(?:detect|protect|git|dir|directory)(?:\s|$)|\$)/],
  ['secret-scan', 'trufflehog', /^trufflehog3?\s/],
  ['secret-scan', 'detect-secrets', /^detect-secrets(?:-hook)?\s+(?:scan|--baseline|audit)/],
  [
    'secret-scan',
    'secret scanner',
    /^(?:ggshield (?:secret )?scan|git-secrets --scan|git secrets --scan|talisman|whispers|noseyparker scan|kingfisher scan|ripsecrets|secretlint|betterleaks|titus scan|seekret[\w-]*)(?:\s|$)/,
  ],
  [
    'dependency-scan',
    'audit',
    /^(?:npm|pnpm|yarn|bun) (?:npm )?audit(?:\s|$)|^(?:audit-ci|better-npm-audit|pip-audit|safety|bundle-audit|bundler-audit|bundle audit|cargo (?:audit|deny)|govulncheck|nancy|retire|composer audit|mix (?:deps\.audit|hex\.audit)|dotnet list .*--vulnerable)(?:\s|$)/,
  ],
  [
    'dependency-scan',
    'dependency-check',
    /^(?:mvn|mvnw)\s.*dependency-check|^(?:gradle|gradlew)\s.*dependencyCheck\w*|^dependency-check(?:\.sh)?\s/,
  ],
  ['dependency-scan', 'osv-scanner', /^osv-scanner(?:\s|$)/],
  ['dependency-scan', 'snyk', /^snyk (?:test|monitor)/],
  ['dependency-scan', 'trivy', /^trivy (?:fs|filesystem|repo|repository|rootfs|sbom)/],
  // Without a word a scan of files looks for secrets too.
  [
    'secret-scan',
    'trivy',
    /^trivy (?:fs|filesystem|repo|repository|rootfs)\s(?!.*--(?:scanners|security-checks)[= ](?!\S*\bsecret\b))/,
  ],
  ['image-scan', 'trivy', /^trivy (?:image|i)\s/],
  [
    'image-scan',
    'image scanner',
    /^(?:grype|clair-scanner|docker scout cves|snyk container test|dockle|anchorectl image|wizcli docker|twistcli images scan|prisma-cloud)(?:\s|$)/,
  ],
  [
    'iac-scan',
    'infrastructure scanner',
    /^(?:checkov|tfsec|terrascan scan|kics scan|trivy config|kube-linter lint|kube-score score|polaris audit|kubesec scan|snyk iac test|conftest test|datree test|cfn_nag_scan|cfn-nag|kubescape scan|zizmor)(?:\s|$)/,
  ],
  [
    'dast',
    'web scanner',
    /^(?:zap-baseline\.py|zap-full-scan\.py|zap-api-scan\.py|zap\.sh|nikto|nuclei|stackhawk|hawk scan|dastardly|arachni)(?:\s|$)/,
  ],
  [
    'sbom',
    'sbom',
    /^(?:syft|cyclonedx(?:-\w+)*|cdxgen|trivy .*--format[= ](?:cyclonedx|spdx)|docker sbom|bom generate|spdx-sbom-generator)(?:\s|$)|cyclonedx-maven-plugin|\bcyclonedxBom\b/,
    'anyhow',
  ],
  [
    'sign',
    'cosign',
    /^(?:cosign (?:sign|attest|sign-blob|attest-blob)|notation sign|gh attestation|witness run|slsa-provenance)(?:\s|$)/,
  ],
];

const DELIVERY: readonly Row[] = [
  [
    'image-build',
    'docker',
    /^(?:docker|podman|nerdctl)(?: compose)? (?:buildx )?(?:build|bake)(?:\s|$)|^docker-compose build|^buildctl build|^buildah (?:bud|build)|^(?:\/kaniko\/)?executor --|^earthly\s/,
  ],
  [
    'image-build',
    'image builder',
    /^(?:ko (?:build|publish|resolve|apply)|pack build|skaffold build|werf build|img build|s2i build|nixpacks build|depot (?:build|bake))(?:\s|$)|^(?:gradle|gradlew)\s.*\b(?:jib|jibDockerBuild|bootBuildImage|dockerBuild)(?:\s|$)|^(?:mvn|mvnw)\s.*\b(?:jib:(?:build|dockerBuild)|spring-boot:build-image)|^dotnet publish .*(?:PublishContainer|PublishProfile=DefaultContainer)|^gcloud builds submit|^az acr build|^heroku container:push/,
  ],
  [
    'image-push',
    'docker',
    /^(?:docker|podman|nerdctl)(?: compose)? (?:image )?push(?:\s|$)|^docker-compose push|^docker (?:buildx )?(?:build|bake)\s.*--push|^(?:skopeo|crane|regctl image|oras) (?:copy|cp|push)|^buildah push|^(?:ko (?:build|publish|resolve|apply))|^gcloud builds submit|^az acr build|^heroku container:push|^(?:gradle|gradlew)\s.*\bjib(?:\s|$)|^(?:mvn|mvnw)\s.*\bjib:build/,
  ],
  [
    'deploy',
    'helm',
    /^helm(?:3)? (?:upgrade|install)(?:\s|$)|^helmfile\s.*\b(?:apply|sync)\b|^helm-wrapper (?:upgrade|install)/,
  ],
  [
    'deploy',
    'kubectl',
    /^(?:kubectl|oc|k) (?:\S+ )*?(?:apply|replace|create -f|set image|rollout restart|patch)(?:\s|$)|^kapp deploy|^kustomize build .*apply/,
  ],
  ['deploy', 'kustomize', /^kustomize edit set image/],
  [
    'deploy',
    'terraform',
    /^(?:terraform|tofu|terragrunt)\s(?:-\S+ )*(?:run-all )?apply(?:\s|$)|^(?:pulumi (?:up|update)|cdk deploy|aws-cdk deploy|cdktf deploy)(?:\s|$)/,
  ],
  ['deploy', 'argocd', /^argocd app (?:sync|set|create)(?:\s|$)/],
  ['deploy', 'cloud foundry', /^cf[78]? (?:push|zero-downtime-push|blue-green-deploy|bgd|deploy)(?:\s|$)/],
  [
    'deploy',
    'gcloud',
    /^gcloud (?:beta |alpha )?(?:run deploy|run services (?:update|replace)|app deploy|functions deploy|deploy releases create)(?:\s|$)/,
  ],
  [
    'deploy',
    'aws',
    /^aws (?:ecs (?:update-service|deploy)|cloudformation (?:deploy|update-stack|create-stack)|lambda (?:update-function-code|publish-version)|deploy create-deployment|elasticbeanstalk update-environment|apprunner (?:start-deployment|update-service)|amplify start-job)(?:\s|$)|^(?:ecs-deploy|ecs deploy|ecs-cli|copilot (?:svc |app |job )?deploy|eb deploy|sam deploy|chalice deploy|zappa (?:deploy|update))(?:\s|$)/,
  ],
  [
    'deploy',
    'azure',
    /^az (?:webapp (?:deploy|deployment source|config container set|up)|functionapp (?:deploy|deployment)|containerapp (?:update|up|create)|deployment \w+ create|aks command invoke|spring app deploy)(?:\s|$)|^azd (?:deploy|up)|^func azure functionapp publish/,
  ],
  [
    'deploy',
    'platform',
    /^(?:(?:fly|flyctl) deploy|(?:serverless|sls|osls) deploy|vercel(?: deploy)?(?=\s.*--prod|\s*$)|netlify deploy|wrangler (?:deploy|publish)|railway up|render deploys create|heroku (?:container:release|pipelines:promote)|git push (?:\S+ )?(?:heroku|dokku)|kamal (?:deploy|redeploy)|cap \w+ deploy|ansible-playbook|nomad (?:job )?run|dokku|skaffold (?:run|deploy)|werf converge|up deploy|scalingo deploy|platform push|deployer|dep deploy|envoy run deploy|firebase deploy|gh workflow run \S*deploy|waypoint up|porter apply|okteto deploy|garden deploy|tanka apply|tk apply|docker stack deploy|nais|wasmer deploy|cg-cli)(?:\s|$)/,
  ],
  [
    'migrate',
    'migrations',
    /^(?:flyway|liquibase) (?:.* )?(?:migrate|update)|^alembic (?:.* )?upgrade|^(?:rails|rake) db:(?:migrate|prepare)|^prisma (?:migrate deploy|db push)|^knex (?:.* )?migrate:(?:latest|up)|^(?:goose|dbmate|sql-migrate|atlas|migrate|golang-migrate|tern|diesel migration|sqlx migrate|typeorm|sequelize|node-pg-migrate|db-migrate|mikro-orm|drizzle-kit|graphile-migrate|refinery)\s(?:.* )?(?:up|run|migrate|apply|push|migration:run|db:migrate|migration:up)(?:\s|$)|^(?:python3? )?\S*manage\.py migrate|^php \S*artisan migrate|^(?:mvn|mvnw)\s.*\b(?:flyway:migrate|liquibase:update)|^(?:gradle|gradlew)\s.*\bflywayMigrate|^dotnet[ -]ef database update|^mix ecto\.migrate|^flask db upgrade/,
    'anyhow',
  ],
  [
    'release',
    'release',
    /^(?:semantic-release|goreleaser release|release-it|changeset publish|lerna publish|np|standard-version|npm publish|pnpm publish|yarn (?:npm )?publish|cargo publish|twine upload|poetry publish|uv publish|gem push|gh release create|git tag)(?:\s|$)|^(?:mvn|mvnw)\s.*\brelease:perform/,
  ],
];

const SAFETY: readonly Row[] = [
  [
    'rollback',
    'kubectl',
    /^(?:kubectl|oc) (?:\S+ )*?(?:rollout undo|rollback)(?:\s|$)|^kubectl argo rollouts (?:undo|abort)/,
  ],
  [
    'rollback',
    'helm',
    /^helm(?:3)? rollback(?:\s|$)|^helm(?:3)? (?:upgrade|install)\s.*(?:--atomic|--rollback-on-failure)(?:\s|=true|$)|^helmfile\s.*\bapply\b.*--atomic/,
  ],
  ['rollback', 'argocd', /^argocd app rollback/],
  ['rollback', 'cloud foundry', /^cf[78]? (?:rollback|cancel-deployment)(?:\s|$)/],
  [
    'rollback',
    'platform',
    /^(?:heroku (?:releases:)?rollback|vercel rollback|netlify rollback|wrangler rollback|kamal rollback|cap \w+ deploy:rollback|dep rollback|serverless rollback|sls rollback|nomad job revert|octo rollback|az deployment \w+ create .*--rollback-on-error|aws deploy stop-deployment .*--auto-rollback-enabled|aws ecs \S+ .*rollback=true|docker service (?:rollback|update --rollback)|docker service update .*--update-failure-action[= ]rollback)(?:\s|$)?/,
  ],
  [
    'canary',
    'cloud foundry',
    /^cf[78]? push\s.*--strategy[= ](?:rolling|canary)|^cf[78]? (?:zero-downtime-push|blue-green-deploy|bgd)(?:\s|$)/,
  ],
  [
    'canary',
    'cloud run',
    /^gcloud (?:beta |alpha )?run (?:deploy\s.*--no-traffic|services update-traffic)(?:\s|$)|^gcloud app (?:deploy\s.*--no-promote|services set-traffic)(?:\s|$)/,
  ],
  ['canary', 'argo rollouts', /^kubectl(?:-| )argo[ -]rollouts (?:promote|set image|set weight)/],
  [
    'canary',
    'azure',
    /^az (?:webapp|functionapp) deployment slot swap|^az containerapp ingress traffic set|^az webapp traffic-routing set/,
  ],
  [
    'canary',
    'aws',
    /^aws lambda update-alias\s.*--routing-config|^aws elbv2 modify-(?:listener|rule)\s.*[Ww]eight|^aws deploy create-deployment\s.*(?:Canary|Linear|BlueGreen)/,
  ],
  ['canary', 'fly', /^(?:fly|flyctl) deploy\s.*--strategy[= ](?:canary|bluegreen)/],
  ['canary', 'service mesh', /^(?:linkerd|istioctl|flagger)\s.*(?:weight|canary|split)/],
];

/** All rows, in the order in which a later meaning of the same intent names the tool. */
export const COMMANDS: readonly Row[] = [...TESTS, ...CHECKS, ...SCANS, ...DELIVERY, ...SAFETY];

/** What a command is for. `hasJvmTests`: tests are there for the tools whose life cycle runs them. */
export function meaningsOf(words: readonly string[], hasJvmTests: boolean): readonly Meaning[] {
  const [program = '', ...rest] = words;
  const line = [(program.startsWith('@') ? program : baseName(program)).replace(/(?<=.)@[^@/]*$/, ''), ...rest]
    .join(' ')
    .slice(0, 2000);
  if (IDLE.test(line)) return [];
  const found = COMMANDS.filter(
    ([, , command, begins]) => (begins === 'anyhow' || mayBegin(command, line)) && command.test(line),
  ).map(([intent, tool]) => ({ intent, tool }));
  if (hasJvmTests && testsOfJvm(line, rest)) found.push({ intent: 'test', tool: line.split(' ', 1)[0] ?? '' });
  return smoked([...new Map(found.map((it) => [it.intent, it])).values()], line);
}

/** A load tool that is given a smoke test measures nothing. */
function smoked(meanings: readonly Meaning[], line: string): readonly Meaning[] {
  if (!/\bsmoke|smoke\b/i.test(line)) return meanings;
  return meanings.map((it) =>
    it.intent === 'load-test' || it.intent === 'test' ? { ...it, intent: 'smoke-test' } : it,
  );
}
