/** Which system a file belongs to, and who reads it. Systems without a reader are seen and said to be unread. */
import { WORKFLOWS } from './github-actions.ts';
import type { CiSystem } from './pipeline.ts';

/** One system's files. */
interface SystemFiles {
  readonly system: CiSystem | 'other';
  /** What people call it. */
  readonly called: string;
  readonly path: RegExp;
  /** What the text has to hold, where the name alone does not tell. */
  readonly text?: RegExp;
}

/** In the order in which a file is asked. */
const SYSTEMS: readonly SystemFiles[] = [
  { system: 'github-actions', called: 'GitHub Actions', path: WORKFLOWS },
  { system: 'gitlab-ci', called: 'GitLab CI', path: /^\.gitlab-ci\.ya?ml$|^\.gitlab\/ci\/.+\.ya?ml$/ },
  { system: 'circleci', called: 'CircleCI', path: /^\.circleci\/[^/]+\.ya?ml$/ },
  {
    system: 'jenkins',
    called: 'Jenkins',
    path: /(?:^|\/)Jenkinsfile(?:[._-](?!\S*(?:disabled|old|bak|example|template))[\w.-]+)?$|^[^/]+\.jenkinsfile$/i,
  },
  {
    system: 'azure-pipelines',
    called: 'Azure Pipelines',
    path: /(?:^|\/)\.?azure-?pipelines?[\w.-]*\.ya?ml$|^\.(?:azuredevops|azure-pipelines|vsts-ci)\/?.*\.ya?ml$/i,
  },
  {
    system: 'azure-pipelines',
    called: 'Azure Pipelines',
    path: /^[^/]+\.ya?ml$/,
    text: /^(?:trigger|pr|pool|extends|resources):[\s\S]*^(?:\s*vmImage:|stages:|jobs:|steps:|extends:)/m,
  },
  { system: 'cloud-build', called: 'Cloud Build', path: /(?:^|\/)[\w.-]*cloudbuild[\w.-]*\.(?:ya?ml|json)$/i },
  { system: 'tekton', called: 'Tekton', path: /^\.tekton\/.+\.ya?ml$/ },
  { system: 'buildkite', called: 'Buildkite', path: /^\.buildkite\/[\w.-]+\.ya?ml$/ },
  {
    system: 'drone',
    called: 'Drone or Woodpecker',
    path: /^\.drone\.(?:ya?ml|star|jsonnet)$|^\.woodpecker\.ya?ml$|^\.woodpecker\/.+\.ya?ml$/,
  },
  { system: 'travis', called: 'Travis CI', path: /^\.travis\.ya?ml$/ },
  { system: 'other', called: 'Bitbucket Pipelines', path: /^bitbucket-pipelines\.ya?ml$/ },
  { system: 'other', called: 'AppVeyor', path: /^\.?appveyor\.ya?ml$/ },
  { system: 'other', called: 'Semaphore', path: /^\.semaphore\/[\w.-]+\.ya?ml$/ },
  { system: 'other', called: 'Cirrus CI', path: /^\.cirrus\.(?:ya?ml|star)$/ },
  { system: 'other', called: 'TeamCity', path: /^\.teamcity\/.+\.kts?$/ },
  { system: 'other', called: 'AWS CodeBuild', path: /(?:^|\/)buildspec[\w.-]*\.ya?ml$/ },
  { system: 'other', called: 'Earthly', path: /^Earthfile$/ },
  { system: 'other', called: 'Concourse', path: /^(?:concourse|ci)\/[\w./-]*pipeline[\w./-]*\.ya?ml$/ },
];

/** The system whose file it is. `text` is asked for only where the name does not tell. */
export function systemOf(path: string, text: () => string | undefined): SystemFiles | undefined {
  return SYSTEMS.find(
    (it) => it.path.test(path) && (it.text === undefined || it.text.test((text() ?? '').slice(0, 20_000))),
  );
}
