/** Mistakes with the flags and keys of records: each a sentence, none of which shows a key. */
import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { signingKey, verifyingKey } from '../../src/cli/key-file.ts';
import { type RecordFlags, recorderFor } from '../../src/cli/record.ts';
import { InputError } from '../../src/input-error.ts';
import { temporaryFolder, write } from '../repo/temporary.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const PKCS8 = { format: 'pem', type: 'pkcs8' } as const;
const SPKI = { format: 'pem', type: 'spki' } as const;
const ED = generateKeyPairSync('ed25519');
const EC = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const P384 = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
const RSA = generateKeyPairSync('rsa', { modulusLength: 1024 });

/** What is said, with the folder taken out of it. */
function refusalOf(run: () => unknown, folder = ''): string {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    const { message, at, hint } = error as InputError;
    return `${message} (${at}): ${hint}`.replaceAll(folder === '' ? '\0' : `${folder}/`, '');
  }
  return 'taken';
}

function keyFile(text: string | Buffer): { folder: string; path: string } {
  const folder = temporaryFolder();
  write(folder, { 'key.pem': text });
  return { folder, path: join(folder, 'key.pem') };
}

describe('flags that do not fit together', () => {
  it.each<[object, string]>([
    [{ record: undefined, artifact: [DIGEST] }, 'there is no record to put that into (--artifact)'],
    [{ record: undefined, signKey: 'k' }, 'there is no record to put that into (--sign-key)'],
    [{ record: '', artifact: [DIGEST] }, 'there is no record to put that into (--artifact)'],
    [{ record: '-', artifact: [DIGEST] }, 'stdout is for the report (--record)'],
    [{}, 'a record is about an artefact, and none is named (--record)'],
    [{ artifact: ['app.tgz'] }, '"app.tgz" is no digest of an artefact (--artifact)'],
    [{ artifact: ['file:/no/such'] }, 'cannot read "/no/such": there is no such file (--artifact)'],
    [{ artifact: ['file:/'] }, 'cannot read "/": it is a folder (--artifact)'],
    [{ artifact: [`a=${DIGEST}`, `a=sha256:${'b'.repeat(64)}`] }, '"a" names two artefacts (--artifact)'],
    [{ artifact: [`a=${DIGEST}`, `a=${DIGEST}`] }, 'taken'],
  ])('%j', (flags, sentence) => {
    expect(refusalOf(() => recorderFor({ record: 'd.json', artifact: [], ...flags } as RecordFlags))).toContain(
      sentence,
    );
  });
});

describe('--sign-key', () => {
  it.each([
    ['Ed25519', ED.privateKey.export(PKCS8), 'taken'],
    [
      'a public key',
      ED.publicKey.export(SPKI),
      '"key.pem" holds a public key, and only a private key signs (--sign-key)',
    ],
    ['RSA', RSA.privateKey.export(PKCS8), 'the key in "key.pem" is rsa, and records are signed with Ed25519'],
    [
      'ECDSA',
      EC.privateKey.export(PKCS8),
      'the key in "key.pem" is ec prime256v1, and records are signed with Ed25519',
    ],
    ['an old form', RSA.privateKey.export({ format: 'pem', type: 'pkcs1' }), 'holds no private key as PEM (PKCS #8)'],
    ['nothing', '', 'holds no private key as PEM (PKCS #8)'],
    ['OpenSSH', '-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n', 'holds no private key as PEM (PKCS #8)'],
    ['cosign', '-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\nc2VjcmV0\n', 'holds no private key as PEM (PKCS #8)'],
    [
      'damage',
      '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n',
      'the key in "key.pem" cannot be opened',
    ],
    ['a large file', 'x'.repeat(70_000), '"key.pem" is larger than 65536 bytes'],
  ])('%s', (_, text, sentence) => {
    const { folder, path } = keyFile(text as string);
    const said = refusalOf(() => signingKey(path), folder);
    expect(said).toContain(sentence);
    expect(said).not.toContain('c2VjcmV0');
    for (const line of String(text).split('\n').slice(1, -2)) expect(said).not.toContain(line || '-----');
  });

  it('is opened with the words for it alone', () => {
    const text = ED.privateKey.export({ ...PKCS8, cipher: 'aes-256-cbc', passphrase: 'sesame' }) as string;
    const { folder, path } = keyFile(text);
    expect(refusalOf(() => signingKey(path), folder)).toContain('set GONOGO_SIGN_KEY_PASSPHRASE to its passphrase');
    expect(refusalOf(() => signingKey(path, 'barley'), folder)).toBe(
      'the key in "key.pem" cannot be opened (--sign-key): see that GONOGO_SIGN_KEY_PASSPHRASE is its passphrase',
    );
    expect(signingKey(path, 'sesame').asymmetricKeyType).toBe('ed25519');
  });
});

describe('--verify-key', () => {
  it.each([
    ['Ed25519', ED.publicKey.export(SPKI), 'taken'],
    ['ECDSA P-256', EC.publicKey.export(SPKI), 'taken'],
    [
      'another curve',
      P384.publicKey.export(SPKI),
      'the key in "key.pem" is ec secp384r1; Ed25519 and ECDSA P-256 are known',
    ],
    ['RSA', RSA.publicKey.export(SPKI), 'the key in "key.pem" is rsa; Ed25519 and ECDSA P-256 are known'],
    [
      'a private key',
      ED.privateKey.export(PKCS8),
      'holds a private key, and a signature is checked with the public one',
    ],
    ['something else', '{}', '"key.pem" holds no public key as PEM'],
  ])('%s', (_, text, sentence) => {
    const { folder, path } = keyFile(text as string);
    expect(refusalOf(() => verifyingKey(path), folder)).toContain(sentence);
  });
});
