/** `check --record` and `verify` as a user runs them: keys, artefacts, exit codes, and what is on disk afterwards. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GonogoDecision } from '../../src/generated/decision.ts';
import { repository, temporaryFolder, write } from '../repo/temporary.ts';
import { type Ran, run } from './run.ts';
import { AS_OF, GOOD } from './untouched.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const PEM = { format: 'pem', type: 'pkcs8' } as const;

function keys(folder: string, passphrase?: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const locked = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  const secret = privateKey.export({ ...PEM, ...locked }) as string;
  write(folder, { 'key.pem': secret, 'key.pub.pem': publicKey.export({ format: 'pem', type: 'spki' }) });
  return secret;
}

/** A committed service, and a folder for what is written. */
function workshop(manifest = GOOD) {
  const [service, folder] = [repository({ 'gonogo.yaml': manifest }), temporaryFolder()];
  const env = { TMPDIR: temporaryFolder() };
  const gonogo = (args: readonly string[], more: NodeJS.ProcessEnv = {}): Ran => {
    const ran = run(args, { cwd: folder, env: { ...env, ...more } });
    expect(ran.stdout + ran.stderr).not.toMatch(/\n {4}at .+:\d+:\d+|PRIVATE KEY/);
    return ran;
  };
  const check = (...args: readonly string[]) =>
    gonogo(['check', service, '--as-of', AS_OF, '--fail-on', 'standard', ...args]);
  const verify = (...args: readonly string[]) => gonogo(['verify', 'd.json', '--as-of', AS_OF, ...args]);
  return { service, folder, gonogo, check, verify };
}

const READY = ['--only', 'manifest/present,manifest/schema-valid'];
const ALLOWED = ['--artifact', DIGEST, '--allow-overrides'];

function recordIn(folder: string): GonogoDecision {
  return JSON.parse(readFileSync(join(folder, 'd.json'), 'utf8')) as GonogoDecision;
}

describe('gonogo check --record', () => {
  it('writes the same bytes each time, and leaves stdout to the report', () => {
    const { folder, check } = workshop();
    const plain = check(...READY);
    const recorded = check(...READY, '--record', 'd.json', '--artifact', `app=${DIGEST}`);
    expect(recorded).toEqual(plain);
    const first = readFileSync(join(folder, 'd.json'));
    expect(check(...READY, '--record', 'd.json', '--artifact', `app=${DIGEST}`, '--force')).toEqual(plain);
    expect(readFileSync(join(folder, 'd.json'))).toEqual(first);
    expect(readdirSync(folder)).toEqual(['d.json']);
  });

  it('records a NO-GO as well, and verify refuses it', () => {
    const { folder, check, verify } = workshop();
    expect(check('--record', 'd.json', '--artifact', DIGEST).status).toBe(1);
    expect(recordIn(folder).predicate).toMatchObject({ result: 'FAILED', gonogo: { verdict: 'NO-GO', overrides: [] } });
    expect(verify('--artifact', DIGEST)).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^refused: the verdict is NO-GO: parcels\n {2}signature: none/),
      stderr: '',
    });
  });

  it('digests the report as --format json writes it, to a file or to stdout', () => {
    const { folder, check, verify } = workshop();
    const { stdout } = check(...READY, '--record', 'd.json', '--artifact', DIGEST, '--format', 'json');
    writeFileSync(join(folder, 'report.json'), stdout);
    expect(recordIn(folder).predicate.gonogo.report.digest.sha256).toBe(
      createHash('sha256').update(stdout).digest('hex'),
    );
    expect(verify(...ALLOWED, '--report', 'report.json').status).toBe(0);
    writeFileSync(join(folder, 'report.json'), `${stdout} `);
    expect(verify(...ALLOWED, '--report', 'report.json')).toMatchObject({ status: 1 });
  });

  it('binds the commit, the policy, and what was said of the yardstick', () => {
    const { service, folder, check, verify } = workshop();
    write(service, { 'gonogo.policy.yaml': 'apiVersion: gonogo/v1\nkind: Policy\n' });
    check(...READY, '--tier', '3', '--record', 'd.json', '--artifact', DIGEST);
    const { configuration, gonogo } = recordIn(folder).predicate;
    expect(configuration.at(-1)).toEqual({
      name: 'policy:gonogo.policy.yaml',
      digest: { gonogoPolicy: expect.stringMatching(/^\w{16}$/) },
    });
    expect(gonogo.repo).toMatchObject({ commit: expect.stringMatching(/^\w{40}$/), dirty: true });
    expect(gonogo.overrides).toEqual(['--only manifest/present,manifest/schema-valid', '--tier 3']);
    expect(verify('--artifact', DIGEST).stdout.split('\n')).toEqual([
      expect.stringContaining('refused: files that were judged differ from commit'),
      expect.stringContaining('refused: it was judged by another yardstick'),
      expect.stringContaining('signature: none'),
      '',
    ]);
    const { status, stdout } = verify(...ALLOWED, '--allow-dirty');
    expect(status).toBe(0);
    expect(stdout).toMatch(/\n {2}policy: gonogo\.policy\.yaml gonogoPolicy:\w{16}\n/);
    expect(stdout).toContain('\n  yardstick: changed by --only manifest/present,manifest/schema-valid --tier 3\n');
  });

  it('says which workloads were judged where it was all of them', () => {
    const { folder, check, verify } = workshop();
    check(...READY, '--scope', 'all', '--record', 'd.json', '--artifact', DIGEST);
    expect(recordIn(folder).predicate.gonogo.overrides).toContain('--scope all');
    expect(verify('--artifact', DIGEST).stdout).toContain('--scope all');
  });

  it('records the verdict and not what a gate on changes lets pass', () => {
    const { folder, check, verify } = workshop();
    const ran = check('--since', 'HEAD', '--record', 'd.json', '--artifact', DIGEST, '--format', 'json=r.json');
    expect(ran.status).toBe(0);
    expect(recordIn(folder).predicate).toMatchObject({ result: 'FAILED', gonogo: { verdict: 'NO-GO' } });
    expect(verify('--artifact', DIGEST, '--report', 'r.json').stdout).toMatch(
      /^refused: the verdict is NO-GO: parcels\n/,
    );
  });

  it('hashes a file, also a large one, and calls it by its name', () => {
    const { folder, check, verify } = workshop();
    const bytes = Buffer.alloc(3_000_000, 'x');
    write(folder, { 'dist/app.tgz': bytes });
    check(...READY, '--record', 'd.json', '--artifact', 'file:dist/app.tgz');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(recordIn(folder).subject).toEqual([{ name: 'app.tgz', digest: { sha256 } }]);
    expect(verify('--allow-overrides', '--artifact', `sha256:${sha256}`).status).toBe(0);
    expect(verify('--allow-overrides', '--artifact', 'file:d.json').status).toBe(1);
  });

  it('takes its flags from the environment', () => {
    const { folder, service, gonogo } = workshop();
    const env = { GONOGO_RECORD: 'd.json', GONOGO_ARTIFACT: DIGEST, GONOGO_AS_OF: AS_OF, GONOGO_SIGN_KEY: 'key.pem' };
    keys(folder);
    gonogo(['check', service], env);
    expect(readFileSync(join(folder, 'd.json'), 'utf8')).toMatch(/^\{"payloadType":/);
    const { stdout } = gonogo(['verify', 'd.json', '--as-of', AS_OF], {
      ...env,
      GONOGO_VERIFY_KEY: 'key.pub.pem',
      GONOGO_REQUIRE: 'GO',
    });
    expect(stdout).toMatch(/^refused: the verdict is NO-GO.*\n {2}signature: good, by the key in key.pub.pem\n$/);
  });

  it('takes the day on which a record has to hold from no environment', () => {
    const { check, gonogo } = workshop();
    check(...READY, '--record', 'd.json', '--artifact', DIGEST);
    const args = ['verify', 'd.json', ...ALLOWED, '--as-of', '2026-11-20'];
    const env = { GONOGO_AS_OF: '2020-01-01' };
    expect(gonogo(args.slice(0, -2), env).stdout).not.toContain('2020-01-01');
    expect(gonogo(args, env).stdout).toMatch(/^not refused, and not proven on 2026-11-20: GO, judged for /);
  });

  it('is not asked for by what the environment says of artefacts and keys', () => {
    const { service, gonogo } = workshop();
    const env = { GONOGO_ARTIFACT: DIGEST, GONOGO_SIGN_KEY: 'no' };
    expect(gonogo(['check', service, '--as-of', AS_OF, ...READY], env)).toMatchObject({ status: 0, stderr: '' });
  });

  it('tells of a mistake before anything is judged or written', () => {
    const { folder, check } = workshop();
    expect(check('--artifact', DIGEST)).toEqual({
      status: 2,
      stdout: '',
      stderr: 'error: there is no record to put that into (--artifact)\n  add --record FILE\n',
    });
    for (const [args, sentence] of [
      [
        ['--record', 'd.json', '--artifact', DIGEST, '--format', 'json=d.json', '--force'],
        'two files would both be "d.json"',
      ],
      [
        ['--watch', '--record', 'd.json', '--artifact', DIGEST],
        '--watch judges the work tree as it is saved (--record)',
      ],
      [['--watch', '--artifact', DIGEST], 'there is no record to put that into (--artifact)'],
      [['--watch', '--ratchet'], '--watch judges the work tree as it is saved (--ratchet)'],
    ] as const)
      expect(check(...args)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(sentence) });
    expect(check('--record', 'd.json', '--artifact', DIGEST, '--sign-key', 'no')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'error: cannot read "no": there is no such file (--sign-key)\n  check the path\n',
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves the old record and nothing else where the disk fails', () => {
    const { service, folder, gonogo } = workshop();
    const breaker = temporaryFolder();
    write(breaker, {
      'break.mjs':
        "import fs from 'node:fs';\nfs.fsyncSync = () => { throw Object.assign(new Error('full'), { code: 'ENOSPC' }); };\n",
    });
    write(folder, { 'd.json': 'old' });
    const env = { NODE_OPTIONS: `--import=${join(breaker, 'break.mjs')}` };
    const args = ['check', service, '--record', 'd.json', '--artifact', DIGEST];
    expect(gonogo(args, env)).toMatchObject({ status: 2, stderr: expect.stringContaining('"d.json" already exists') });
    expect(gonogo([...args, '--force'], env)).toMatchObject({
      status: 2,
      stderr: 'error: "d.json" could not be written: the disk is full\n  free some space and try again\n',
    });
    expect(readdirSync(folder)).toEqual(['d.json']);
    expect(readFileSync(join(folder, 'd.json'), 'utf8')).toBe('old');
  });
});

describe('keys', () => {
  const asked = ['--record', 'd.json', '--artifact', DIGEST, '--sign-key', 'key.pem'];

  it('sign and check, also where the private one is encrypted', () => {
    const { service, folder, gonogo, verify } = workshop();
    keys(folder, 'open sesame');
    const args = ['check', service, '--as-of', AS_OF, ...READY, ...asked];
    expect(gonogo(args).stderr).toMatch(
      /^error: the key in "key.pem" is encrypted .*\n {2}set GONOGO_SIGN_KEY_PASSPHRASE/,
    );
    const wrong = gonogo(args, { GONOGO_SIGN_KEY_PASSPHRASE: 'open barley' });
    expect(wrong).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^error: the key in "key.pem" cannot be opened/),
    });
    expect(gonogo(args, { GONOGO_SIGN_KEY_PASSPHRASE: 'open sesame' })).toMatchObject({ status: 0, stderr: '' });
    expect(verify(...ALLOWED, '--verify-key', 'key.pub.pem').stdout).toMatch(
      /^valid on .*\n[\s\S]*signature: good, by the key in key.pub.pem\n$/,
    );
    expect(verify(...ALLOWED).stdout).toMatch(
      /^not refused, and not proven on .*\n[\s\S]*signature: not checked, because no --verify-key was given\n$/,
    );
  });

  it('do not count as checked where the signature is bad', () => {
    const { folder, check, verify } = workshop();
    keys(folder);
    check(...READY, ...asked);
    keys(folder);
    expect(verify(...ALLOWED, '--verify-key', 'key.pub.pem')).toMatchObject({
      status: 1,
      stdout: 'refused: its signature was not made with this key, or it was changed since it was signed\n',
    });
  });
});

describe('gonogo verify', () => {
  it.each([
    [['d.json'], 'a record is about an artefact, and none is named (--artifact)'],
    [['d.json', '--artifact', DIGEST, '--max-age', '1h'], '"1h" is no number of days (--max-age)'],
    [['d.json', '--artifact', DIGEST, '--as-of', 'now'], '"now" is not a day (--as-of)'],
    [['no.json', '--artifact', DIGEST], 'cannot read "no.json": there is no such file (verify)'],
    [['odd.json', '--artifact', DIGEST], '"odd.json" is no record of a decision: it is not JSON in UTF-8 (verify)'],
  ])('%j is exit code 2', (args, sentence) => {
    const { folder, gonogo } = workshop();
    write(folder, { 'd.json': '{}', 'odd.json': 'PK\u0003' });
    const { status, stdout, stderr } = gonogo(['verify', ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.startsWith(`error: ${sentence}\n`)).toBe(true);
  });

  it('shows what a record says and lets none of it command the terminal', () => {
    const { folder, gonogo } = workshop();
    const evil = '\u001b[2J\n::error::\u202e';
    const { service } = workshop(GOOD.replace('parcels', JSON.stringify('parcels')));
    gonogo(['check', service, '--as-of', AS_OF, ...READY, '--record', 'd.json', '--artifact', DIGEST]);
    const text = readFileSync(join(folder, 'd.json'), 'utf8').replaceAll('"parcels"', JSON.stringify(evil));
    write(folder, { 'evil.json': text });
    const { status, stdout } = gonogo(['verify', 'evil.json', '--as-of', AS_OF, ...ALLOWED]);
    expect(status).toBe(0);
    expect(stdout).toContain('GO, 2 of 2 met, 2 verified');
    for (const harm of ['\u001b', '\u202e', '\n::']) expect(stdout).not.toContain(harm);
  });
});
