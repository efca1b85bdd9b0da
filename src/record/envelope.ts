/** Signs and opens DSSE envelopes, the form in which in-toto statements are signed. Pure; knows no files. */
import { type KeyObject, sign, verify } from 'node:crypto';

/** What DSSE calls an in-toto statement. */
export const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

/** A signed payload, whoever signed it. */
export interface Envelope {
  readonly payloadType: string;
  readonly payload: Buffer;
  readonly signatures: readonly Buffer[];
}

/**
 * The envelope of a text as one line of JSON. No `keyid`: it is not signed, and nothing that is not signed should be in it.
 * The key is Ed25519, whose signatures are the same each time.
 */
export function sealed(text: string, key: KeyObject): string {
  const payload = Buffer.from(text, 'utf8');
  const sig = sign(null, preAuthentication(PAYLOAD_TYPE, payload), key).toString('base64');
  return `${JSON.stringify({ payloadType: PAYLOAD_TYPE, payload: payload.toString('base64'), signatures: [{ sig }] })}\n`;
}

/** Whether one of the signatures was made with the private half of a key: Ed25519, or ECDSA over SHA-256 as cosign makes it. */
export function isSignedBy({ payloadType, payload, signatures }: Envelope, key: KeyObject): boolean {
  const digest = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  const signed = preAuthentication(payloadType, payload);
  return signatures.some((signature) => verify(digest, signed, key, signature));
}

/** DSSE's pre-authentication encoding: type and payload with their lengths, so that neither can pass for a part of the other. */
function preAuthentication(type: string, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `), payload]);
}

/** The envelope that a parsed JSON value is; undefined where it is none. */
export function envelopeFrom(value: Readonly<Record<string, unknown>>): Envelope | undefined {
  const { payloadType, signatures } = value;
  const payload = bytesOf(value.payload);
  if (typeof payloadType !== 'string' || payload === undefined || !Array.isArray(signatures)) return undefined;
  const read = signatures.map((it: unknown) => bytesOf((it as { readonly sig?: unknown } | null)?.sig));
  const whole = read.filter((it) => it !== undefined);
  return whole.length === read.length ? { payloadType, payload, signatures: whole } : undefined;
}

/** Base64 in either alphabet, as DSSE asks, but only as an encoder writes it: nothing skipped, no spare bits. */
function bytesOf(text: unknown): Buffer | undefined {
  if (typeof text !== 'string') return undefined;
  const bytes = Buffer.from(text, 'base64');
  const forms = [bytes.toString('base64'), bytes.toString('base64url')];
  return forms.includes(text) || forms[0]?.replaceAll('+', '-').replaceAll('/', '_') === text ? bytes : undefined;
}
