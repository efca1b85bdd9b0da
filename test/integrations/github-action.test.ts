/** The GitHub Action: its description by its schema, and what it runs, run for real with the files by which a step speaks to its job. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

const ACTION = parse(readFileSync('action.yml', 'utf8'));
const GUIDE = readFileSync('docs/ci.md', 'utf8');
const FOLDER = mkdtempSync(join(tmpdir(), 'action-'));

beforeAll(() => cpSync('fixtures/services', FOLDER, { recursive: true }));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

/** Runs the step as the runner would, without the rest of this process's environment. */
function step(inputs: Readonly<Record<string, string>>) {
  const home = mkdtempSync(join(FOLDER, 'step-'));
  const [output, summary] = [join(home, 'output'), join(home, 'summary')];
  for (const file of [output, summary]) writeFileSync(file, '');
  const given = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name}`, value]));
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('integrations/github-action.js')], {
    cwd: FOLDER,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      HOME: '/nonexistent',
      TZ: 'UTC',
      RUNNER_TEMP: home,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      INPUT_ARGS: '--as-of\n2026-11-16',
      ...given,
    },
  });
  const outputs = outputsIn(readFileSync(output, 'utf8'));
  return { status, stdout, stderr, outputs, summary: readFileSync(summary, 'utf8') };
}

/** The runner's reading of the file: a name, a delimiter, lines until the delimiter. */
function outputsIn(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map(([, name = '', , value = '']) => [name, value]),
  );
}

describe('action.yml', () => {
  it('fits the schema of actions', () => {
    const schema = JSON.parse(readFileSync('test/report/conformance/schemastore-github-action.json', 'utf8'));
    const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
    expect(validate(ACTION), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...ACTION, runs: { using: 'composite' } })).toBe(false);
  });

  it('lets no input become part of a command, and hands over each', () => {
    const steps: readonly { run?: string; env?: Record<string, string>; uses?: string }[] = ACTION.runs.steps;
    for (const { run = '' } of steps) expect(run).not.toContain('${{');
    const handed = Object.values(steps.flatMap((it) => (it.env ? [it.env] : []))[0] ?? {});
    const elsewhere = ['upload-sarif'];
    for (const name of Object.keys(ACTION.inputs).filter((it) => !elsewhere.includes(it)))
      expect(handed).toContain(`\${{ inputs.${name} }}`);
  });

  it('pins what it uses, and so does every workflow of the guide', () => {
    const uses = [...`${readFileSync('action.yml', 'utf8')}${GUIDE}`.matchAll(/uses: (\S+)/g)].map(([, it = '']) => it);
    expect(uses.length).toBeGreaterThan(2);
    for (const it of uses) expect(it).toMatch(/@([0-9a-f]{40}|<commit>)$/);
  });

  it('sets the outputs that it declares', () => {
    const { outputs } = step({ PATH: 'orders' });
    expect(Object.keys(outputs).sort()).toEqual(Object.keys(ACTION.outputs).sort());
  });
});

describe('the step', () => {
  it('passes a GO, with every file that it names', () => {
    const { status, outputs, summary } = step({ PATH: 'payments' });
    expect(status).toBe(0);
    expect(outputs).toMatchObject({ verdict: 'GO', passes: 'true', failed: '0' });
    expect(Number(outputs.score)).toBeGreaterThan(80);
    expect(JSON.parse(readFileSync(outputs.report ?? '', 'utf8')).verdict).toBe('GO');
    expect(JSON.parse(readFileSync(outputs.sarif ?? '', 'utf8')).version).toBe('2.1.0');
    expect(readFileSync(outputs.comment ?? '', 'utf8')).toMatch(/^<!-- gonogo:/);
    expect(summary).toContain('GO');
  });

  it('fails a NO-GO with annotations, unless it only reports', () => {
    const failed = step({ PATH: 'orders' });
    expect(failed.status).toBe(1);
    expect(failed.outputs).toMatchObject({ verdict: 'NO-GO', passes: 'false' });
    expect(failed.stdout).toMatch(/^::error .*file=/m);
    const reported = step({ PATH: 'orders', REPORT_ONLY: 'true', ANNOTATIONS: 'false', SUMMARY: 'false' });
    expect(reported.status).toBe(0);
    expect(reported.outputs).toMatchObject({ verdict: 'NO-GO', passes: 'false' });
    expect(reported.stdout).not.toMatch(/^::/m);
    expect(reported.summary).toBe('');
  });

  it('says in one annotation that nothing could be judged, and fails whatever was asked for', () => {
    const { status, stdout, outputs } = step({ PATH: 'nowhere', REPORT_ONLY: 'true' });
    expect(status).toBe(2);
    expect(stdout).toMatch(/^::error title=gonogo could not judge::error: there is nothing at "nowhere"%0A/);
    expect(outputs).toMatchObject({ verdict: '', passes: 'false', report: '' });
  });

  it('takes inputs as they are', () => {
    const { status, stdout } = step({ PATH: '$(touch pwned)\n::set-output name=a::b' });
    expect(status).toBe(2);
    expect(stdout.split('\n').filter((line) => line.startsWith('::'))).toHaveLength(1);
    expect(step({ PATH: '--help' }).status).toBe(2);
    expect(step({ PATH: 'payments', FAIL_ON: 'nothing' }).stdout).toContain('Allowed choices');
  });
});

describe('the guide', () => {
  const blocks = [...GUIDE.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text = '']) => text);

  it('has YAML that is some, and names inputs that exist', () => {
    expect(blocks.length).toBeGreaterThan(4);
    for (const text of blocks)
      for (const document of parseAllDocuments(text)) expect(document.errors, text).toEqual([]);
    const workflow = parse(blocks[0] ?? '');
    const own = workflow.jobs.gonogo.steps.find((it: { uses?: string }) => it.uses?.startsWith('gonogo/'));
    for (const name of Object.keys(own.with)) expect(Object.keys(ACTION.inputs)).toContain(name);
  });

  const hasJq = spawnSync('jq', ['--version']).status === 0;
  it.skipIf(!hasJq)('updates the comment that it finds by its marker, and else makes one', () => {
    const { run = '' } = parse(blocks[1] ?? '')[0];
    const home = mkdtempSync(join(FOLDER, 'gh-'));
    const comment = join(home, 'comment.md');
    writeFileSync(comment, '<!-- gonogo:shop-1 -->\nGO\n');
    // Stands in for gh: lists what is in a file through the filter that it is given, and notes what it is asked to write.
    writeFileSync(
      join(home, 'gh'),
      '#!/bin/sh\nfor last; do :; done\ncase "$*" in *--jq*) jq -r "$last" "$LISTED" ;; *) echo "$*" >> "$NOTED" ;; esac\n',
    );
    chmodSync(join(home, 'gh'), 0o755);
    const [listed, notes] = [join(home, 'listed.json'), join(home, 'noted')];
    const env = {
      PATH: `${home}:${process.env.PATH}`,
      COMMENT: comment,
      GITHUB_REPOSITORY: 'acme/shop',
      NUMBER: '7',
      LISTED: listed,
      NOTED: notes,
    };
    const posted = (comments: readonly unknown[]): string => {
      writeFileSync(listed, JSON.stringify(comments));
      writeFileSync(notes, '');
      expect(spawnSync('bash', ['-euo', 'pipefail', '-c', run], { env, encoding: 'utf8' })).toMatchObject({
        status: 0,
      });
      return readFileSync(notes, 'utf8');
    };
    const other = { id: 1, user: { type: 'User' }, body: '<!-- gonogo:shop-1 --> by hand' };
    const bots = { id: 42, user: { type: 'Bot' }, body: '<!-- gonogo:shop-1 -->\nNO-GO' };
    expect(posted([other])).toContain('--method POST repos/acme/shop/issues/7/comments');
    expect(posted([other, bots])).toContain('--method PATCH repos/acme/shop/issues/comments/42');
  });
});
