/** `check --record`: what it needs is asked for before anything is judged; the record is written whole or not at all. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { FORMATS } from '../generated/formats.ts';
import { InputError } from '../input-error.ts';
import type { Report } from '../model.ts';
import { type Artifact, parseArtifact } from '../record/artifact.ts';
import { sealed } from '../record/envelope.ts';
import { statementFrom, statementText } from '../record/statement.ts';
import { writeFileSafely } from '../repo/write.ts';
import type { Options } from '../run.ts';
import { canvasFor } from './canvas.ts';
import { signingKey } from './key-file.ts';
import { partsOf } from './operator-file.ts';

/** Flags of `check` about the record. */
export interface RecordFlags {
  readonly record?: string;
  readonly artifact: readonly string[];
  readonly signKey?: string;
  readonly force?: boolean;
}

/** Writes the record of a report that was judged by these options. */
export type Recorder = (report: Report, options: Options) => Promise<void>;

/** The recorder that the flags ask for, with its key and its artefacts at hand. */
export function recorderFor({ record: file, artifact, signKey, force = false }: RecordFlags): Recorder {
  if (file === undefined || file === '')
    throw new InputError(
      'there is no record to put that into',
      artifact.length > 0 ? '--artifact' : '--sign-key',
      'add --record FILE',
    );
  if (artifact.length === 0)
    throw new InputError(
      'a record is about an artefact, and none is named',
      '--record',
      'add --artifact sha256:<digest>, or --artifact file:PATH',
    );
  if (file === '-')
    throw new InputError('stdout is for the report', '--record', 'give the record a file: --record decision.json');
  const artifacts = artifactsFrom(artifact);
  const key = signKey === undefined ? undefined : signingKey(signKey);
  return async (report, options) => {
    const { render } = await FORMATS.json();
    const bound = { artifacts, reportText: render(report, canvasFor({})), overrides: overridesOf(options) };
    const text = statementText(statementFrom(report, bound));
    writeFileSafely(file, key === undefined ? text : sealed(text, key), { force });
  };
}

/** The artefacts that the words name; the digest of a file is computed. */
export function artifactsFrom(words: readonly string[]): readonly Artifact[] {
  const found = new Map<string, Artifact>();
  const names = new Set<string>();
  for (const word of words) {
    const parsed = parseArtifact(word);
    const artifact = 'file' in parsed ? hashed(parsed.file, parsed.name ?? basename(parsed.file)) : parsed;
    const text = JSON.stringify(artifact);
    if (found.has(text)) continue;
    const { name } = artifact;
    if (name !== undefined && names.has(name))
      throw new InputError(`"${name}" names two artefacts`, '--artifact', 'give each a name of its own');
    if (name !== undefined) names.add(name);
    found.set(text, artifact);
  }
  return [...found.values()];
}

function hashed(path: string, name: string): Artifact {
  const hash = createHash('sha256');
  for (const part of partsOf(path, '--artifact')) hash.update(part);
  return { name, digest: { sha256: hash.digest('hex') } };
}

/** What of the yardstick is not the service's own but was said to this run; to raise the bar is no matter. */
function overridesOf({ only, failOn, tier, stage, profile, scope }: Options): readonly string[] {
  return [
    ...(only.length > 0 ? [`--only ${[...only].sort().join(',')}`] : []),
    ...(failOn === 'critical' || failOn === 'none' ? [`--fail-on ${failOn}`] : []),
    ...(tier === undefined ? [] : [`--tier ${tier}`]),
    ...(stage === undefined ? [] : [`--stage ${stage}`]),
    ...(profile === undefined ? [] : [`--profile ${profile}`]),
    ...(scope === 'all' ? ['--scope all'] : []),
  ];
}
