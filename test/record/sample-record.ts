/** Records by hand: a key pair made for each test run, and what a record of a sample report stands up to. */
import { generateKeyPairSync } from 'node:crypto';
import type { Report } from '../../src/model.ts';
import { sealed } from '../../src/record/envelope.ts';
import { type Demands, refusalsOf } from '../../src/record/judge-record.ts';
import { readRecord } from '../../src/record/read.ts';
import { type Bound, statementFrom, statementText } from '../../src/record/statement.ts';
import { format as json } from '../../src/report/json.ts';
import { canvas } from '../report/canvas.ts';
import { AS_OF } from '../report/sample-report.ts';

/** The pair that signs and checks. */
export const KEYS = generateKeyPairSync('ed25519');

/** Some artefact. */
export const APP = { name: 'example.test/app', digest: { sha256: 'a'.repeat(64) } };

/** The report as the file beside the record. */
export function reportText(report: Report): string {
  return json.render(report, canvas());
}

/** The record of a report, not signed. */
export function recordText(report: Report, more: Partial<Bound> = {}): string {
  const bound = { artifacts: [APP], reportText: reportText(report), overrides: [], ...more };
  return statementText(statementFrom(report, bound));
}

/** The same, signed. */
export function signedText(report: Report, more: Partial<Bound> = {}): string {
  return sealed(recordText(report, more), KEYS.privateKey);
}

/** Why a record is refused; a text that is no record is refused for that. */
export function refusals(text: string | Uint8Array, more: Partial<Demands> = {}): readonly string[] {
  const read = readRecord(typeof text === 'string' ? Buffer.from(text) : text);
  if (!read.ok) return [`unreadable: ${read.why}`];
  return refusalsOf(read.record, {
    artifacts: [APP],
    asOf: AS_OF,
    require: 'CONDITIONAL GO',
    allowDirty: false,
    allowOverrides: false,
    ...more,
  });
}
