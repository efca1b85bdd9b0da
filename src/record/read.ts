/** Reads a record, signed or not, from bytes that may be anything. Pure; never throws, never judges. */
import type { GonogoDecision } from '../generated/decision.ts';
import { validate } from '../generated/validate-decision.js';
import { validate as validateReport } from '../generated/validate-report.js';
import type { Report } from '../model.ts';
import { type Envelope, envelopeFrom, PAYLOAD_TYPE } from './envelope.ts';
import { isTooDeep, repeatedKey } from './json-oddities.ts';

/** A record as it was found. */
export interface FoundRecord {
  readonly statement: GonogoDecision;
  /** Absent where it is not signed, also where it lies in an envelope without a signature. */
  readonly envelope?: Envelope;
}

/** The record, or one clause that says why there is none. */
export type ReadRecord =
  | { readonly ok: true; readonly record: FoundRecord }
  | { readonly ok: false; readonly why: string };

type ReadObject =
  | { readonly ok: true; readonly value: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly why: string };

/** Whoever signs a decision, and those who sign it off. */
const MOST_SIGNATURES = 16;

/** Reads a statement, or the envelope around one. */
export function readRecord(bytes: Uint8Array): ReadRecord {
  const outer = readObject(bytes);
  if (!outer.ok) return outer;
  // A Sigstore bundle carries the envelope among what else its verifiers need.
  const value = 'dsseEnvelope' in outer.value ? membersOf(outer.value.dsseEnvelope) : outer.value;
  if (value === outer.value && !('payload' in value)) return readStatement(outer);
  const envelope = envelopeFrom(value);
  if (envelope === undefined) return { ok: false, why: 'it is no whole DSSE envelope' };
  if (envelope.payloadType !== PAYLOAD_TYPE)
    return { ok: false, why: `it is an envelope of ${envelope.payloadType}, not of ${PAYLOAD_TYPE}` };
  const { length } = envelope.signatures;
  // Each is held against the whole payload.
  if (length > MOST_SIGNATURES)
    return { ok: false, why: `it has ${length} signatures, and ${MOST_SIGNATURES} are read` };
  const inner = readStatement(readObject(envelope.payload));
  return inner.ok && length > 0 ? { ok: true, record: { ...inner.record, envelope } } : inner;
}

/** A report; undefined where the bytes are none. */
export function readReport(bytes: Uint8Array): Report | undefined {
  const read = readObject(bytes);
  return read.ok && validateReport(read.value) ? (read.value as unknown as Report) : undefined;
}

function readObject(bytes: Uint8Array): ReadObject {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (isTooDeep(text)) return { ok: false, why: 'it is nested too deeply to be one' };
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return { ok: false, why: 'it is no JSON object' };
    const twice = repeatedKey(text);
    if (twice !== undefined) return { ok: false, why: `the key "${twice}" stands twice in one object` };
    return { ok: true, value: membersOf(value) };
  } catch {
    return { ok: false, why: 'it is not JSON in UTF-8' };
  }
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function readStatement(read: ReadObject): ReadRecord {
  if (!read.ok) return read;
  if (validate(read.value)) return { ok: true, record: { statement: read.value as unknown as GonogoDecision } };
  const { instancePath = '', message = 'it does not fit' } = validate.errors?.[0] ?? {};
  return { ok: false, why: `it does not fit the schema of decisions: ${instancePath || 'the whole'} ${message}` };
}
