/** What the ready-made tasks of Azure Pipelines do: the command one would write instead, or what they are for. A closed table over their names and inputs. */
import type { Told } from './actions.ts';
import type { Meaning } from './commands.ts';

/** A task, told apart. */
export interface TaskDoing {
  /** Commands it comes to. */
  readonly shell?: string;
  /** Input that holds a script as written, so that its lines have places. */
  readonly script?: string;
  readonly meanings?: readonly Meaning[];
  /** It prepares, keeps or tells. */
  readonly plumbing?: boolean;
}

const DEPLOYS =
  /^(?:AzureWebApp|AzureWebAppContainer|AzureRmWebAppDeployment|AzureFunctionApp|AzureFunctionAppContainer|AzureContainerApps|AzureStaticWebApp|AzureSpringCloud|IISWebAppDeploymentOnMachineGroup|ServiceFabricDeploy|ServiceFabricComposeDeploy|AzureResourceManagerTemplateDeployment|AzureResourceGroupDeployment|AzureCloudPowerShellDeployment|SqlAzureDacpacDeployment|CloudFormationCreateOrUpdateStack|BeanstalkDeployApplication|ECSDeployTask|LambdaDeployFunction|AWSCodeDeployDeployApplication)$/;

const PLUMBING =
  /^(?:Publish\w*|Download\w*|Use\w+|Install\w*|\w*Installer|\w*ToolInstaller|NodeTool|GoTool|Cache\w*|CopyFiles\w*|ArchiveFiles|ExtractFiles|DeleteFiles|NuGet\w*|\w*Authenticate\w*|AzureKeyVault|replacetokens|FileTransform|Delay|ManualValidation|reportgenerator|\w*CodeCoverage\w*|SonarQubePrepare|SonarCloudPrepare|SonarQubePublish|SonarCloudPublish|GitVersion|gitversion\w*|JavaToolInstaller)$/;

/** What a task does; nothing where only its name could tell. */
export function taskDoing(task: string, told: Told): TaskDoing | undefined {
  const name = (task.split('@', 1)[0] ?? '').replace(/^.*\./, '');
  const { command = '', arguments: args = '', action = '' } = told;
  if (/^(?:Bash|PowerShell|ShellScript|AzureCLI|AzurePowerShell|CmdLine|BatchScript)$/.test(name))
    return scriptOf(told);
  if (/^(?:Npm|npm)$/.test(name))
    return { shell: command === 'custom' ? `npm ${told.customcommand ?? ''}` : `npm ${command || 'install'}` };
  if (name === 'Yarn') return { shell: `yarn ${args}` };
  if (name === 'DotNetCoreCLI')
    return command === 'custom'
      ? { shell: `dotnet ${told.custom ?? ''} ${args}` }
      : { shell: `dotnet ${command || 'build'} ${command === 'test' ? '' : args}` };
  if (name === 'Maven') return { shell: `mvn ${told.goals ?? 'package'} ${told.options ?? ''}` };
  if (name === 'Gradle') return { shell: `./gradlew ${told.tasks ?? 'build'} ${told.options ?? ''}` };
  if (name === 'Go') return { shell: `go ${command || 'get'} ${args}` };
  if (name === 'VSTest') return { meanings: [{ intent: 'test', tool: 'vstest' }] };
  if (name === 'Docker') return docker(command);
  if (name === 'Kubernetes') return { shell: `kubectl ${command} ${args}` };
  if (name === 'KubernetesManifest') return manifests(action, told);
  if (name === 'HelmDeploy')
    return {
      shell: `helm ${command || 'ls'} ${told.releasename ?? ''} ${args} ${told.namespace === undefined ? '' : `-n ${told.namespace}`} ${told.valuefile === undefined ? '' : `-f ${told.valuefile}`}`,
    };
  if (/^Terraform/.test(name) && command !== '') return { shell: `terraform ${command}` };
  if (DEPLOYS.test(name)) return { meanings: [{ intent: 'deploy', tool: name }] };
  const scan = SCANS.find(([pattern]) => pattern.test(name));
  if (scan) return { meanings: [{ intent: scan[1], tool: scan[2] }] };
  return PLUMBING.test(name) ? { plumbing: true } : undefined;
}

const SCANS: readonly (readonly [RegExp, Meaning['intent'], string])[] = [
  [/^Sonar(?:Qube|Cloud)Analyze$/, 'sast', 'sonar'],
  [/^AdvancedSecurity-Codeql-Analyze$/i, 'sast', 'codeql'],
  [/^MicrosoftSecurityDevOps$/i, 'sast', 'Microsoft Security DevOps'],
  [
    /^(?:AdvancedSecurity-Dependency-Scanning|SnykSecurityScan|dependency-check-build-task|WhiteSource|mend)$/i,
    'dependency-scan',
    'dependency scanner',
  ],
  [/^CredScan$/i, 'secret-scan', 'CredScan'],
  [/^trivy$/i, 'image-scan', 'trivy'],
];

function scriptOf(told: Told): TaskDoing {
  const file = told.filepath ?? told.scriptpath;
  if (told.script !== undefined) return { script: 'script' };
  if (told.inlinescript !== undefined) return { script: 'inlineScript' };
  return file === undefined
    ? { plumbing: true }
    : { shell: `${/\.ps1$/.test(file) ? 'pwsh' : 'bash'} ${file} ${told.arguments ?? told.scriptarguments ?? ''}` };
}

function docker(command: string): TaskDoing {
  const push: Meaning = { intent: 'image-push', tool: 'docker' };
  const build: Meaning = { intent: 'image-build', tool: 'docker' };
  if (/^(?:|buildAndPush)$/.test(command)) return { meanings: [build, push] };
  return command === 'push' ? { meanings: [push] } : command === 'build' ? { meanings: [build] } : { plumbing: true };
}

function manifests(action: string, { strategy }: Told): TaskDoing {
  const canary: readonly Meaning[] = strategy === 'canary' ? [{ intent: 'canary', tool: 'KubernetesManifest' }] : [];
  if (action === 'reject') return { meanings: [{ intent: 'rollback', tool: 'KubernetesManifest' }] };
  return /^(?:|deploy|promote|patch)$/.test(action)
    ? { meanings: [{ intent: 'deploy', tool: 'KubernetesManifest' }, ...canary] }
    : { plumbing: true };
}
