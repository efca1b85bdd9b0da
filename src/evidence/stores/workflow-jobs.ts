/** Scheduled workflows of GitHub that save data, by the commands their steps run. Other systems keep their schedules in their own settings. */
import type { SourceFile, Sources } from '../collector.ts';
import { list, record, word } from '../plain-value.ts';
import { placeIn } from '../sources.ts';
import { isPlaceholder } from '../workloads/object-value.ts';
import { scriptOf } from './job-script.ts';
import { mentionsOf } from './jobs.ts';
import type { BackupJob } from './store.ts';

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;

/** The jobs of all scheduled workflows. What cannot be read there is told by the pipelines. */
export function workflowJobs(sources: Sources): readonly BackupJob[] {
  return sources.shared
    .filter(({ path }) => WORKFLOW.test(path))
    .flatMap((file) => (/\bcron["']?[ \t]*:/.test(sources.text(file, []) ?? '') ? jobsIn(file, sources) : []));
}

function jobsIn(file: SourceFile, sources: Sources): readonly BackupJob[] {
  const document = sources.yaml(file, [])?.documents[0];
  const root = record(document?.value);
  const crons = list(record(root.on ?? root.true).schedule).flatMap((it) => word(record(it).cron) ?? []);
  if (!document || crons.length === 0) return [];
  return Object.entries(record(root.jobs)).flatMap(([id, job]): readonly BackupJob[] => {
    const steps = list(record(job).steps).map(record);
    const scripts = steps.map((step, index) => ({ index, script: scriptOf(word(step.run) ?? '', sources) }));
    const found =
      scripts.find(({ script }) => script.saving && script.saving.product !== 'files') ??
      scripts.find(({ script }) => script.saving);
    const saving = found?.script.saving;
    if (!found || !saving) return [];
    const line = document.at(['jobs', id, 'steps', found.index, 'run']).line;
    const at = found.script.via ?? placeIn(file, line);
    const uploads =
      scripts.some(({ script }) => script.uploads) ||
      steps.some(({ uses }) => /upload-artifact/.test(word(uses) ?? ''));
    const settings = [root.env, record(job).env, ...steps.map(({ env }) => env)].flatMap((env) =>
      Object.values(record(env)),
    );
    const named = settings.flatMap((it) => word(it) ?? []).filter((it) => !isPlaceholder(it));
    const condition = word(record(job).if) ?? word(steps[found.index]?.if);
    const weakened = record(job)['continue-on-error'] === true ? 'continue-on-error' : saving.weakened;
    return crons.map((schedule, index) => ({
      name: id,
      kind: 'workflow',
      by: saving.tool,
      means: 'dump',
      on: condition === undefined ? { value: true, via: 'literal', at } : { opaque: condition.slice(0, 100), at },
      schedule: {
        value: schedule,
        via: 'literal',
        at: placeIn(file, document.at(['on', 'schedule', index, 'cron']).line),
      },
      ...(saving.product !== undefined && { product: saving.product }),
      ...(weakened !== undefined && { weakened }),
      mentions: mentionsOf([...scripts.flatMap(({ script }) => script.words), ...named], []),
      kept: uploads,
      at,
    }));
  });
}
