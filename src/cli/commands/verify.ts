/** `gonogo verify`: whether the record of a decision still allows what it is shown for; exit code 0 or 1, 2 where there is no record to read. */
import { days } from '../../dates.ts';
import { InputError } from '../../input-error.ts';
import { artifactWords } from '../../record/artifact.ts';
import { isSignedBy } from '../../record/envelope.ts';
import { type Demands, refusalsOf } from '../../record/judge-record.ts';
import { type FoundRecord, readRecord, readReport } from '../../record/read.ts';
import { visible } from '../../report/escape-terminal.ts';
import { verifyingKey } from '../key-file.ts';
import { readOperatorBytes } from '../operator-file.ts';
import { asOfFrom } from '../options.ts';
import type { Outcome } from '../program.ts';
import { artifactsFrom } from '../record.ts';
import { print } from '../streams.ts';

/** Flags of `verify`. */
export interface VerifyFlags {
  readonly artifact: readonly string[];
  readonly verifyKey?: string;
  readonly asOf?: string;
  readonly maxAge?: string;
  readonly require: Demands['require'];
  readonly report?: string;
  readonly allowDirty?: boolean;
  readonly allowOverrides?: boolean;
}

/** Says whether it is valid, or each reason why not. */
export function verify(path: string, flags: VerifyFlags, outcome: Outcome): void {
  const demands = demandsFrom(flags);
  const read = readRecord(readOperatorBytes(path, 'verify'));
  if (!read.ok)
    throw new InputError(
      `"${path}" is no record of a decision: ${read.why}`,
      'verify',
      '`gonogo check --record` writes one',
    );
  const refusals = refusalsOf(read.record, demands);
  outcome.exitCode = refusals.length > 0 ? 1 : 0;
  const lines = refusals.length > 0 ? refusals.map((it) => `refused: ${it}`) : validLines(read.record, demands);
  print([...lines, ...trustLines(read.record, demands, flags)].map((line) => `${visible(line)}\n`).join(''));
}

function demandsFrom(flags: VerifyFlags): Demands {
  const { artifact, verifyKey, maxAge, require, report, allowDirty = false, allowOverrides = false } = flags;
  if (artifact.length === 0)
    throw new InputError(
      'a record is about an artefact, and none is named',
      '--artifact',
      'name what is to be deployed: --artifact sha256:<digest>, or --artifact file:PATH',
    );
  const maxAgeDays = maxAge === undefined ? undefined : ageFrom(maxAge);
  const bytes = report === undefined ? undefined : readOperatorBytes(report, '--report');
  const said = bytes && readReport(bytes);
  return {
    artifacts: artifactsFrom(artifact),
    asOf: asOfFrom(flags.asOf),
    require,
    ...(maxAgeDays !== undefined && { maxAgeDays }),
    ...(verifyKey !== undefined && { key: verifyingKey(verifyKey) }),
    ...(bytes && { report: { bytes, ...(said && { read: said }) } }),
    allowDirty,
    allowOverrides,
  };
}

/** A record knows the day it was judged for and no hour. */
function ageFrom(text: string): number {
  const count = /^\d+[dw]$/.test(text) ? days(text) : undefined;
  if (count === undefined) throw new InputError(`"${text}" is no number of days`, '--max-age', 'write e.g. 30d or 4w');
  return count;
}

/** "Valid" is said of what was proven alone: without a key everything below is what the file says of itself. */
function validLines({ statement }: FoundRecord, { artifacts, asOf: day, key }: Demands): readonly string[] {
  const { configuration, gonogo } = statement.predicate;
  const { verdict, asOf, repo, services, overrides } = gonogo;
  const policies = configuration.filter(({ name }) => name.startsWith('policy:'));
  return [
    `${key === undefined ? 'not refused, and not proven' : 'valid'} on ${day}: ${verdict}, judged for ${asOf}`,
    ...artifacts.map((it) => `  artefact: ${artifactWords(it)}`),
    `  source: ${repo.name}${repo.commit === undefined ? '' : ` at ${repo.commit}`}${repo.dirty === false ? '' : ', with files that may differ'}`,
    ...policies.map((it) => `  policy: ${artifactWords({ ...it, name: it.name.slice('policy:'.length) })}`),
    ...(overrides.length > 0 ? [`  yardstick: changed by ${overrides.join(' ')}`] : []),
    ...services.flatMap(({ name, verdict: its, score, waivers }) => [
      `  ${name}: ${its}, ${score.met} of ${score.applicable} met, ${score.verified} verified`,
      ...waivers.map(({ rule, owner, expires }) => `    waived: ${rule} until ${expires} (owner ${owner})`),
    ]),
  ];
}

/** How far it can be believed at all. */
function trustLines(
  { envelope }: FoundRecord,
  { key, report }: Demands,
  { verifyKey }: VerifyFlags,
): readonly string[] {
  if (key !== undefined)
    return envelope && isSignedBy(envelope, key) ? [`  signature: good, by the key in ${verifyKey}`] : [];
  if (envelope !== undefined) return ['  signature: not checked, because no --verify-key was given'];
  const files = report === undefined ? 'the file could change it' : 'both files could change both';
  return [`  signature: none, so whoever could write ${files}`];
}
