import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secretVariables } from '../../src/evidence/secrets/env-file.ts';
import { FORMATS } from '../../src/evidence/secrets/formats.ts';
import { isPlaceholderValue } from '../../src/evidence/secrets/placeholder-secret.ts';
import { secretsIn } from '../../src/evidence/secrets/scan.ts';
import { promisesSecret } from '../../src/evidence/secrets/secret-name.ts';
import { collector } from '../../src/evidence/secrets.ts';
import { anyCharacter } from '../any-character.ts';
import { collected } from './collected.ts';

const LETTERS = 'kT9vQ2mXz7RbN4cW8pLs5JhYf3GdA6tEuP1rVoKiB0nMqSwHyCjZxDlUgFaOeI';

/** Disorderly text of a length; made up here so that no scanner stumbles over this file. */
function random(length: number): string {
  return Array.from({ length }, (_, index) => LETTERS[(index * 37 + 11) % LETTERS.length]).join('');
}

function withChecksum(prefix: string): string {
  const body = random(30);
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  let rest = crc32(body);
  let digits = '';
  for (let index = 0; index < 6; index++) {
    digits = `${alphabet[rest % 62]}${digits}`;
    rest = Math.floor(rest / 62);
  }
  return `${prefix}_${body}${digits}`;
}

const KEY = `-----BEGIN ${'PRIVATE'} KEY-----\n${random(62)}\n${random(62)}\n-----END ${'PRIVATE'} KEY-----\n`;
const HEX = '4f9a2c7e1b8d3065f7a9c2e4b6d81053';
const SAMPLES: Readonly<Record<string, string>> = {
  'AWS access key': `AKIA${'7QZRWXMLTPH3N2VK'}`,
  'GitHub token': withChecksum('ghp'),
  'GitHub fine-grained token': `github_pat_${random(22)}_${random(59)}`,
  'GitLab token': `glpat-${random(20)}`,
  'Slack token': `xoxb-${'123409876512'}-${'987609876512'}-${random(24)}`,
  'Slack webhook': `https://hooks.slack.com/services/T${'7QZRWXML'}/B${'TPH3N2VK'}/${random(24)}`,
  'Stripe key': `sk_live_${random(24)}`,
  'Google API key': `AIza${random(35)}`,
  'private key': KEY,
  'npm token': withChecksum('npm'),
  'PyPI token': `pypi-AgEIcHlwaS5vcmc${random(60)}`,
  'Azure storage key': `AccountKey=${random(62)}${random(24)}==`,
  'Entra client secret': `aB3${'8Q~'}${random(34)}`,
  'Twilio key': `twilio: SK${HEX}`,
  'SendGrid key': `SG.${random(22)}.${random(43)}`,
  'Mailgun key': `mailgun: key-${HEX}`,
  'DigitalOcean token': `dop_v1_${HEX}${HEX}`,
  'OpenAI key': `sk-${random(20)}T3BlbkFJ${random(20)}`,
  'Anthropic key': `sk-ant-api03-${random(62)}${random(33)}`,
  'Shopify token': `shpat_${HEX}`,
  'Vault token': `hvs.${random(62)}${random(40)}`,
  'Terraform token': `${random(14)}.atlasv1.${random(62)}`,
  'Grafana token': `glsa_${random(32)}_4f9a2c7e`,
  'New Relic key': `NRAK-${'7QZRWXMLTPH3N2VK5JHYF4GDA6T'}`,
  'Docker Hub token': `dckr_pat_${random(27)}`,
  'age key': `AGE-SECRET-KEY-1${'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE'}`,
};

describe('secrets by their format', () => {
  it.each(FORMATS.map(({ name }) => name))('%s is found, and its line', (name) => {
    const text = `first line\n\nkey = ${SAMPLES[name] ?? ''}\n`;
    expect(secretsIn(text)).toEqual([{ format: name, line: 3 }]);
  });

  it('are set aside where the check digits do not fit, or they are samples', () => {
    const token = withChecksum('ghp');
    const wrong = `${token.slice(0, -1)}${token.endsWith('a') ? 'b' : 'a'}`;
    expect(secretsIn(wrong)).toEqual([{ format: 'GitHub token', line: 1, aside: 'checksum' }]);
    expect(secretsIn(`AKIA${'IOSFODNN7EXAMPLE'}`)[0]?.aside).toBe('placeholder');
    expect(secretsIn(`sk_live_${'x'.repeat(24)}`)[0]?.aside).toBe('placeholder');
    expect(
      secretsIn(`-----BEGIN ${'RSA PRIVATE'} KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: A,4F\n\n${random(62)}`)[0]
        ?.aside,
    ).toBe('encrypted');
    expect(secretsIn(`firebase.initializeApp({ apiKey: "AIza${random(35)}", authDomain: "x" })`)[0]?.aside).toBe(
      'public',
    );
    expect(secretsIn(`key: ${SAMPLES['AWS access key']} # pragma: allowlist secret`)[0]?.aside).toBe('allowed');
  });

  it('are none: keys in other formats, digests, words', () => {
    for (const text of [
      `sha512-${random(62)}==`,
      `SK${HEX}`,
      'sk_live_short',
      'BEGIN PRIVATE KEY',
      `eyJhbGciOiJIUzI1NiJ9.${random(40)}.${random(40)}`,
      `XAKIA${'7QZRWXMLTPH3N2VK'}`,
    ])
      expect(secretsIn(text), text).toEqual([]);
  });

  it('finds a key whose line ends are written out, as in JSON', () => {
    expect(secretsIn(JSON.stringify({ private_key: KEY }))).toEqual([{ format: 'private key', line: 1 }]);
  });

  it('never throws and costs no more than the length', () => {
    fc.assert(fc.property(fc.string({ unit: anyCharacter, maxLength: 500 }), (text) => Array.isArray(secretsIn(text))));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...FORMATS.map(({ sign }) => sign), '-----BEGIN ', '_', 'aB3', '\n'), {
          maxLength: 200,
        }),
        (parts) => secretsIn(parts.join('')).length <= 50,
      ),
    );
    expect(secretsIn(`-----BEGIN ${'PRIVATE'} KEY-----`.repeat(20_000)).length).toBeLessThanOrEqual(50);
  });
});

describe('what is gathered', () => {
  it('never holds a value', async () => {
    const files = {
      'src/a.ts': Object.values(SAMPLES).join('\n'),
      'test/b.ts': Object.values(SAMPLES).join('\n'),
      '.env': `JWT_SECRET=${random(30)}\n`,
    };
    const gathered = JSON.stringify(await collected(collector, files));
    for (const sample of [...Object.values(SAMPLES), random(30)])
      expect(gathered).not.toContain(sample.split(/[:\n]/).at(-1)?.trim().slice(0, 16) || sample);
    expect(JSON.parse(gathered).facts).toMatchObject({
      found: expect.arrayContaining([{ format: 'variable JWT_SECRET', at: { path: '.env', line: 1 } }]),
    });
  });

  it('is set aside in tests, examples and manuals, and vendored files are not read', async () => {
    const key = SAMPLES['AWS access key'] ?? '';
    const { facts } = await collected(collector, {
      'pkg/auth_test.go': key,
      'examples/a.yaml': key,
      'docs/keys.md': KEY,
      'vendor/x/a.go': key,
      'README.md': key,
    });
    expect(facts.setAside.map(({ at, because }) => [at.path, because])).toEqual([
      ['docs/keys.md', 'documentation'],
      ['examples/a.yaml', 'example'],
      ['pkg/auth_test.go', 'test'],
    ]);
    expect(facts.found.map(({ at }) => at.path)).toEqual(['README.md']);
  });
});

describe('names and values', () => {
  it.each([
    'DB_PASSWORD',
    'apiKey',
    'auth.token',
    'STRIPE_SECRET_KEY',
    'clientSecret',
    'JWT_SECRET',
    'aws_secret_access_key',
    'POSTGRES_PASSWORD',
  ])('%s promises a secret', (name) => expect(promisesSecret(name)).toBe(true));

  it.each([
    'TOKEN_TTL',
    'secretName',
    'PASSWORD_MIN_LENGTH',
    'tokenUrl',
    'existingSecret',
    'SECRET_PATH',
    'keyboard',
    'PUBLIC_KEY',
    'passwordFile',
    'TOKENIZER',
    'API_KEY_HEADER',
    'monkey',
    'imagePullSecrets',
    'passwordKey',
    'nginx.ingress.kubernetes.io/auth-tls-secret',
  ])('%s does not', (name) => expect(promisesSecret(name)).toBe(false));

  it('tells a place to fill in from a weak password', () => {
    for (const value of [
      '',
      'changeme',
      '<password>',
      `$${'{DB_PASSWORD}'}`,
      '{{ .Values.x }}',
      'REPLACE_ME',
      'xxxx',
      'your-token',
      'do-not-use',
      'unused_for_dbmigrate_but_still_required',
    ])
      expect(isPlaceholderValue(value), value).toBe(true);
    for (const value of ['postgres', 'fake_password', 'admin', 'hunter2'])
      expect(isPlaceholderValue(value), value).toBe(false);
  });

  it('reads variables of environment files', () => {
    const value = random(24);
    expect(
      secretVariables(`A=1\nexport API_KEY="${value}"\nVITE_API_KEY=${value}\nTOKEN_URL=https://x.io/${value}`),
    ).toEqual([{ name: 'API_KEY', line: 2 }]);
  });
});
