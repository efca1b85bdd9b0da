/** Cloud Build: steps as jobs, one after another or by `waitFor`. What starts a build is set in Google Cloud, not in the file. */
import { list, record, word } from '../plain-value.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import { type Library, placeAt, type Source } from './github-steps.ts';
import { imageProgram, quoted, startsItself } from './image-tests.ts';
import { jobOf } from './job-draft.ts';
import type { Job, Pipeline, Purpose } from './pipeline.ts';
import { lineOf, shellPurposes } from './shell-step.ts';
import { joined } from './world.ts';

const MOST_STEPS = 300;

/** The build of a file. */
export function readCloudBuild(path: string, library: Library): readonly Pipeline[] {
  const source = library.source(path);
  const { steps, images } = record(source?.document.value);
  if (!source || !Array.isArray(steps) || steps.length === 0) return [];
  const jobs: Job[] = [];
  for (const [index, step] of steps.slice(0, MOST_STEPS).entries())
    jobs.push(stepOf(record(step), index, jobs, source, library));
  const at = { path, line: 1 };
  const pushed = list(images).length > 0 ? [pushOf(jobs, source)] : [];
  return [
    {
      system: 'cloud-build',
      name: path,
      triggers: [],
      startedBy: 'triggers of Cloud Build',
      jobs: [...jobs, ...pushed],
      at,
    },
  ];
}

/** `images` are pushed when all steps have succeeded. */
function pushOf(jobs: readonly Job[], source: Source): Job {
  const at = placeAt(source, ['images']);
  const purposes: readonly Purpose[] = [
    { intent: 'image-push', tool: 'cloud build', strength: 'run', shown: 'images', at },
  ];
  return jobOf({ id: 'images', needs: jobs.map(({ id }) => id), purposes, at });
}

function stepOf(
  step: Readonly<Record<string, unknown>>,
  index: number,
  before: readonly Job[],
  source: Source,
  library: Library,
): Job {
  const path: YamlPath = ['steps', index];
  const waits = list(step.waitFor).flatMap((it) => word(it) ?? []);
  const ids = before.map(({ id }) => id);
  const needs = step.waitFor === undefined ? ids : waits.filter((it) => ids.includes(it));
  return jobOf({
    id: word(step.id) ?? `step ${index + 1}`,
    needs,
    weakened: step.allowFailure === true ? 'allowFailure is set' : undefined,
    purposes: purposesOfStep(step, path, source, library),
    at: placeAt(source, path),
  });
}

/** A script without a first line of its own is plain `sh`: cloud.google.com/build/docs/configuring-builds/run-bash-scripts. */
function purposesOfStep(
  step: Readonly<Record<string, unknown>>,
  path: YamlPath,
  source: Source,
  { world }: Library,
): readonly Purpose[] {
  const env = Object.fromEntries(
    list(step.env).flatMap((it) => {
      const [key = '', ...rest] = (word(it) ?? '').split('=');
      return key === '' ? [] : [[key.toLowerCase(), rest.join('=')]];
    }),
  );
  const around = { cwd: joined('', word(step.dir) ?? ''), env };
  const script = word(step.script);
  if (script !== undefined)
    return shellPurposes(
      {
        ...around,
        text: script,
        options: { errexit: false, pipefail: false },
        at: (line) => lineOf(source, [...path, 'script'], line),
      },
      world,
    );
  const args = (Array.isArray(step.args) ? step.args : [step.args]).flatMap((it) => word(it) ?? []);
  const program = word(step.entrypoint) ?? programOf(word(step.name) ?? '', args);
  const shell = /^(?:\/bin\/)?(?:ba)?sh$/.test(program);
  const inner = shell ? args.findIndex((it) => /^-\w*c$/.test(it)) + 1 : 0;
  if (inner > 0)
    return shellPurposes(
      {
        ...around,
        // Two dollars stand for one that is not Cloud Build's own.
        text: (args[inner] ?? '').replaceAll('$$', '$'),
        options: { errexit: args.slice(0, inner).some((it) => /^-\w*e/.test(it)), pipefail: false },
        at: (line) => lineOf(source, [...path, 'args', inner], line),
      },
      world,
    );
  const at = placeAt(source, path);
  return shellPurposes(
    {
      ...around,
      text: quoted([program, ...args].filter((it) => it !== '')),
      options: { errexit: true, pipefail: false },
      at: () => at,
    },
    world,
  );
}

/** Builders start the program they are named after; other images start what they are told. */
function programOf(image: string, [first = '']: readonly string[]): string {
  const name = imageProgram(image);
  const isBuilder = /\/cloud-builders(?:-community)?\//.test(image) || startsItself(name) || first.startsWith('-');
  return isBuilder && first !== name ? name : '';
}
