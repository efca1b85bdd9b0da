/** Signed records: any change is refused, and others can check the signature. */
import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { envelopeFrom, isSignedBy, PAYLOAD_TYPE } from '../../src/record/envelope.ts';
import { temporaryFolder, write } from '../repo/temporary.ts';
import { conditional } from '../report/sample-report.ts';
import { KEYS, recordText, refusals, signedText } from './sample-record.ts';

const SIGNED = signedText(conditional());
const DEMANDS = { key: KEYS.publicKey };
const OPENSSL = 'openssl';

/** DSSE's encoding again, after the protocol's text. */
function preAuthenticated(payload: Buffer): Buffer {
  const type = 'application/vnd.in-toto+json';
  return Buffer.concat([Buffer.from(`DSSEv1 28 ${type} ${payload.length} `), payload]);
}

function opened(text: string): { payload: Buffer; signature: Buffer } {
  const { payload, signatures } = JSON.parse(text);
  return { payload: Buffer.from(payload, 'base64'), signature: Buffer.from(signatures[0].sig, 'base64') };
}

describe('a signed record', () => {
  it('holds the record as it is without a signature, and is the same each time', () => {
    expect(opened(SIGNED).payload.toString()).toBe(recordText(conditional()));
    expect(signedText(conditional())).toBe(SIGNED);
    expect(refusals(SIGNED, DEMANDS)).toEqual([]);
  });

  it('is refused after any change of one byte', () => {
    const bytes = Buffer.from(SIGNED);
    const meaning = (it: Uint8Array): string | undefined => {
      try {
        const { payload, signature } = opened(Buffer.from(it).toString());
        return `${payload.toString('hex')} ${signature.toString('hex')}`;
      } catch {
        return undefined;
      }
    };
    const whole = meaning(bytes);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Buffer.from(bytes);
        changed[at] = (bytes[at] ?? 0) ^ by;
        const refused = refusals(changed, DEMANDS).length > 0;
        // A space for the line end, or the other alphabet of base64, is no change of what was signed.
        expect(refused || meaning(changed) === whole).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['a line end', (it: string) => it.trimEnd(), true],
    ['indentation', (it: string) => JSON.stringify(JSON.parse(it), null, 2), true],
    ['a key id, which DSSE does not sign', (it: string) => it.replace('"sig"', '"keyid":"x","sig"'), true],
    ['spare bits of base64', (it: string) => it.replace(/.==/, (end) => `${end === 'A==' ? 'B' : '/'}==`), false],
    ['a space within base64', (it: string) => it.replace('"payload":"', '"payload":" '), false],
    ['another type', (it: string) => it.replace(PAYLOAD_TYPE, 'application/json'), false],
    ['no signature', (it: string) => it.replace(/"signatures":\[.*\]/, '"signatures":[]'), false],
    ['null for a signature', (it: string) => it.replace(/"signatures":\[.*\]/, '"signatures":[null]'), false],
    ['a second payload', (it: string) => it.replace('{', '{"payload":"e30=",'), false],
  ])('%s', (_, change, valid) => {
    expect(refusals(change(SIGNED), DEMANDS).length === 0).toBe(valid);
  });

  it('is refused with the key of somebody else, and an unsigned one with any key', () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    expect(refusals(SIGNED, { key: publicKey })).toEqual([
      'its signature was not made with this key, or it was changed since it was signed',
    ]);
    expect(refusals(recordText(conditional()), DEMANDS)).toEqual([
      'it is not signed, and a key was given to check it with',
    ]);
  });

  it('is taken in the alphabet for addresses as well, and with several signatures', () => {
    const { payload, signatures, payloadType } = JSON.parse(SIGNED);
    const url = (it: string) => it.replaceAll('+', '-').replaceAll('/', '_');
    const [{ sig }] = signatures;
    const other = { payloadType, payload: url(payload), signatures: [{ sig: 'AAAA' }, { sig: url(sig) }] };
    expect(refusals(JSON.stringify(other), DEMANDS)).toEqual([]);
  });

  it('may be signed by ECDSA over SHA-256, as cosign does', () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const payload = Buffer.from(recordText(conditional()));
    const sig = sign('sha256', preAuthenticated(payload), pair.privateKey).toString('base64');
    const text = JSON.stringify({
      payloadType: PAYLOAD_TYPE,
      payload: payload.toString('base64'),
      signatures: [{ keyid: '', sig }],
    });
    expect(refusals(text, { key: pair.publicKey })).toEqual([]);
    expect(refusals(text, DEMANDS)).toHaveLength(1);
    expect(refusals(SIGNED, { key: pair.publicKey })).toHaveLength(1);
  });

  it('may lie in a Sigstore bundle', () => {
    const bundle = { mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json', dsseEnvelope: JSON.parse(SIGNED) };
    expect(refusals(JSON.stringify(bundle), DEMANDS)).toEqual([]);
    for (const dsseEnvelope of [null, 1, [], {}])
      expect(refusals(JSON.stringify({ ...JSON.parse(SIGNED), dsseEnvelope }), DEMANDS)).toEqual([
        'unreadable: it is no whole DSSE envelope',
      ]);
  });

  it('never throws on signatures of any bytes', () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const sig = Buffer.from(bytes).toString('base64');
        const envelope = envelopeFrom({ payloadType: PAYLOAD_TYPE, payload: 'e30=', signatures: [{ sig }] });
        for (const { publicKey } of [KEYS, pair]) expect(envelope && isSignedBy(envelope, publicKey)).toBe(false);
      }),
    );
  });
});

describe.skipIf(spawnSync(OPENSSL, ['version']).status !== 0)('openssl', () => {
  it('finds the signature good over the encoding that DSSE describes, and bad over another', () => {
    const folder = temporaryFolder();
    const { payload, signature } = opened(SIGNED);
    write(folder, {
      'key.pem': KEYS.publicKey.export({ type: 'spki', format: 'pem' }) as string,
      signed: preAuthenticated(payload),
      other: preAuthenticated(Buffer.concat([payload, Buffer.from(' ')])),
      sig: signature,
    });
    const verify = (file: string) =>
      execFileSync(
        OPENSSL,
        ['pkeyutl', '-verify', '-pubin', '-inkey', 'key.pem', '-rawin', '-in', file, '-sigfile', 'sig'],
        { cwd: folder, encoding: 'utf8', stdio: 'pipe' },
      );
    expect(verify('signed')).toContain('Verified Successfully');
    expect(() => verify('other')).toThrow();
  });
});
