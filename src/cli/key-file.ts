/** Reads the keys that sign and check records. What is in a key's file is never shown, whatever is wrong with it. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { InputError } from '../input-error.ts';
import { readOperatorBytes } from './operator-file.ts';

/** A key takes some hundred bytes. */
const CAP = 64 * 1024;
const MAKE = '`openssl genpkey -algorithm ed25519 -out key.pem` makes one';
const SHOW = '`openssl pkey -in key.pem -pubout -out key.pub.pem` writes the public half';
/** Where the words that open an encrypted key come from: a flag would show them to everybody on the machine. */
const PASSPHRASE = 'GONOGO_SIGN_KEY_PASSPHRASE';

/** The private key that `--sign-key` names. */
export function signingKey(path: string, passphrase = process.env[PASSPHRASE]): KeyObject {
  const pem = readOperatorBytes(path, '--sign-key', CAP).toString('latin1');
  if (/-----BEGIN (PUBLIC KEY|CERTIFICATE)-----/.test(pem))
    throw new InputError(`"${path}" holds a public key, and only a private key signs`, '--sign-key', MAKE);
  const encrypted = pem.includes('-----BEGIN ENCRYPTED PRIVATE KEY-----');
  if (encrypted && !passphrase)
    throw new InputError(`the key in "${path}" is encrypted`, '--sign-key', `set ${PASSPHRASE} to its passphrase`);
  if (!encrypted && !pem.includes('-----BEGIN PRIVATE KEY-----'))
    throw new InputError(`"${path}" holds no private key as PEM (PKCS #8)`, '--sign-key', MAKE);
  const key = opened(() => createPrivateKey(encrypted ? { key: pem, passphrase } : pem));
  if (key === undefined)
    throw new InputError(
      `the key in "${path}" cannot be opened`,
      '--sign-key',
      encrypted ? `see that ${PASSPHRASE} is its passphrase` : 'it is damaged: take it from where it is kept again',
    );
  if (key.asymmetricKeyType !== 'ed25519')
    throw new InputError(
      `the key in "${path}" is ${kindOf(key)}, and records are signed with Ed25519`,
      '--sign-key',
      MAKE,
    );
  return key;
}

/** The public key that `--verify-key` names. */
export function verifyingKey(path: string): KeyObject {
  const pem = readOperatorBytes(path, '--verify-key', CAP).toString('latin1');
  // Node would take the public half of it without a word; a private key has no business where records are checked.
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem))
    throw new InputError(
      `"${path}" holds a private key, and a signature is checked with the public one`,
      '--verify-key',
      SHOW,
    );
  const key = opened(() => createPublicKey(pem));
  if (key === undefined) throw new InputError(`"${path}" holds no public key as PEM`, '--verify-key', SHOW);
  if (key.asymmetricKeyType !== 'ed25519' && key.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
    throw new InputError(
      `the key in "${path}" is ${kindOf(key)}; Ed25519 and ECDSA P-256 are known`,
      '--verify-key',
      SHOW,
    );
  return key;
}

/** OpenSSL's own words are left out: they help nobody, and nobody vouches for what they quote. */
function opened(open: () => KeyObject): KeyObject | undefined {
  try {
    return open();
  } catch {
    return undefined;
  }
}

function kindOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string {
  return [asymmetricKeyType ?? 'of an unknown kind', asymmetricKeyDetails?.namedCurve].filter(Boolean).join(' ');
}
