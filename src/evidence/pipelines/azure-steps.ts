/** Steps of Azure Pipelines: scripts, tasks and templates of steps, and what they are for. */
import { record, word } from '../plain-value.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import type { Told } from './actions.ts';
import { carriedBy } from './artefacts.ts';
import { azureAfter, azureHolds } from './azure-conditions.ts';
import { taskDoing } from './azure-tasks.ts';
import { fileName, filled, itemsOf, type Part, placeOfPart, toldIn } from './azure-templates.ts';
import { environmentOf, type Library, promised } from './github-steps.ts';
import type { Job, Purpose } from './pipeline.ts';
import { DELIVERS } from './purposes.ts';
import { lineOf, shellPurposes } from './shell-step.ts';
import { conditionOf, runsIn, type Situation } from './situations.ts';
import { joined } from './world.ts';

/** What holds around steps. */
interface Scope {
  readonly library: Library;
  readonly situations: readonly Situation[];
  readonly env: Told;
}

/** What the steps of a job do. */
export function stepsOf(part: Part, scope: Scope): Pick<Job, 'purposes' | 'uses'> {
  const all = itemsOf(part, 'steps', scope.library).map((item) => {
    if (!('elsewhere' in item)) return { purposes: stepOf(item.part, scope), uses: [] };
    const at = placeOfPart(item.part);
    const target = item.elsewhere;
    scope.library.delegate(at, target);
    return {
      purposes: promised(fileName(target), target, at),
      uses: [{ kind: 'include' as const, target, pinned: false, local: false, at }],
    };
  });
  return { purposes: all.flatMap(({ purposes }) => purposes), uses: all.flatMap(({ uses }) => uses) };
}

function stepOf(part: Part, scope: Scope): readonly Purpose[] {
  const step = record(part.value);
  if (step.enabled === false) return [];
  const written = word(step.condition);
  const condition = written === undefined ? undefined : filled(written, part);
  const runs =
    condition === undefined ? undefined : conditionOf(runsIn(scope.situations, (it) => azureHolds(condition, it)));
  const all = [runs, azureAfter(condition) === 'failure' ? 'failure()' : undefined]
    .filter((it) => it !== undefined)
    .map((it) => `(${it})`)
    .join(' && ');
  const weakened = step.continueOnError === true ? 'continueOnError is set' : undefined;
  return doingOf(part, scope).map((it) => ({
    ...it,
    ...(all !== '' && { condition: all }),
    ...(weakened !== undefined && { weakened }),
  }));
}

const SCRIPTS = ['script', 'bash', 'pwsh', 'powershell'];

function doingOf(part: Part, scope: Scope): readonly Purpose[] {
  const step = record(part.value);
  const key = SCRIPTS.find((it) => typeof step[it] === 'string');
  const directory = filled(word(step.workingDirectory) ?? '', part);
  if (key !== undefined) return scriptOf(String(step[key]), [key], directory, part, scope);
  const task = word(step.task);
  if (task === undefined) return [];
  const told = toldIn(step.inputs, part);
  const doing = taskDoing(task, told);
  const at = placeOfPart(part);
  const [script, written] =
    Object.entries(record(step.inputs)).find(([name]) => name.toLowerCase() === doing?.script?.toLowerCase()) ?? [];
  if (script !== undefined)
    return scriptOf(word(written) ?? '', ['inputs', script], told.workingdirectory ?? '', part, scope);
  const folder = told.workingdirectory ?? told.workingdir ?? '';
  if (doing?.shell !== undefined)
    return withTold(
      shellPurposes(
        {
          text: macros(doing.shell),
          options: { errexit: true, pipefail: false },
          cwd: folderIn(folder),
          env: scope.env,
          at: () => at,
        },
        scope.library.world,
      ),
      told,
    );
  if (doing?.meanings)
    return withTold(
      doing.meanings.map((it): Purpose => ({ ...it, strength: 'run', shown: task, at })),
      told,
    );
  return doing
    ? []
    : promised(`${task.split('@', 1)[0]} ${word(step.displayName) ?? ''}`, task, at, environmentOf(told));
}

/** What a task is told says where it delivers and what. */
function withTold(purposes: readonly Purpose[], told: Told): readonly Purpose[] {
  const environment = environmentOf({
    ...told,
    app: told.appname ?? told.webappname ?? '',
    slot: told.slotname ?? told.deploytoslotorase ?? '',
  });
  const carries = carriedBy(macros(Object.values(told).join(' ')));
  return purposes.map((it) =>
    DELIVERS.test(it.intent)
      ? {
          ...it,
          ...(environment !== undefined && it.environment === undefined && { environment }),
          ...(carries.length > 0 && { carries }),
        }
      : it,
  );
}

/** The last command decides about a script; it does not stop at the first failure: learn.microsoft.com/azure/devops/pipelines/scripts. */
function scriptOf(
  text: string,
  key: YamlPath,
  directory: string,
  part: Part,
  { library, env }: Scope,
): readonly Purpose[] {
  const own = { ...env, ...toldIn(record(part.value).env, part) };
  return shellPurposes(
    {
      text: macros(filled(text, part)),
      options: { errexit: false, pipefail: false },
      cwd: folderIn(directory),
      env: own,
      at: (line) => lineOf(part.source, [...part.path, ...key], line),
    },
    library.world,
  );
}

/** `$(Build.SourceVersion)` as the variable that the shell has. */
function macros(text: string): string {
  return text.replace(
    /\$\(([A-Za-z_][\w.]*)\)/g,
    (_, name: string) => `\${${name.replaceAll('.', '_').toUpperCase()}}`,
  );
}

function folderIn(written: string): string | undefined {
  return joined(
    '',
    written.replace(
      /^\$\((?:System\.DefaultWorkingDirectory|Build\.SourcesDirectory|Pipeline\.Workspace)\)\/?(?:s(?=\/|$)\/?)?/i,
      '',
    ),
  );
}
