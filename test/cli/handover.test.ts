/** `gonogo handover` as a user runs it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../repo/temporary.ts';
import { run } from './run.ts';

const DAY = ['--as-of', '2026-11-16'];

describe('handover', () => {
  it('prints Markdown, and hands over what is not ready too', () => {
    const { status, stdout, stderr } = run(['handover', 'fixtures/services/orders', ...DAY]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^# Orders?.*: handover\n/);
    expect(stdout).toContain('Readiness: **NO-GO**');
  });

  it.each(['html', 'markdown'])('writes %s whose links lead to files, wherever it lies', (format) => {
    const out = join(temporaryFolder(), 'page');
    const { status, stdout } = run([
      'handover',
      'fixtures/services/payments',
      ...DAY,
      '--format',
      format,
      '--out',
      out,
    ]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    const text = readFileSync(out, 'utf8');
    const links = [...text.matchAll(format === 'html' ? /href="(\.[^"#]*)/g : /\]\((\.[^)#]*)/g)];
    expect(links.length).toBeGreaterThan(100);
    for (const [, to = ''] of links) expect(existsSync(join(out, '..', decodeURIComponent(to))), to).toBe(true);
  });

  it('overwrites nothing unless told to', () => {
    const out = join(temporaryFolder(), 'page.md');
    writeFileSync(out, 'mine\n');
    const words = ['handover', 'fixtures/services/unclaimed', ...DAY, '--out', out];
    const { status, stderr } = run(words);
    expect(status).toBe(2);
    expect(stderr).toContain('already exists');
    expect(readFileSync(out, 'utf8')).toBe('mine\n');
    expect(run([...words, '--force']).status).toBe(0);
    expect(readFileSync(out, 'utf8')).toContain('There is no manifest');
  });

  it('puts the services of a repository on one page', () => {
    const { status, stdout } = run(['handover', 'fixtures/services/monorepo', ...DAY, '--format', 'html']);
    expect(status).toBe(0);
    expect(stdout.match(/<article /g)?.length).toBeGreaterThan(1);
    const ids = [...stdout.matchAll(/\bid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is the same twice, and takes the options of check', () => {
    const words = ['handover', 'fixtures/services/notifications', ...DAY, '--tier', '1', '--only', 'runbooks'];
    const first = run(words);
    expect(first.stdout).toContain('tier 1 (customer-critical)');
    expect(run(words)).toEqual(first);
  });

  it('refuses a format that there is not', () => {
    const { status, stdout, stderr } = run(['handover', '.', '--format', 'pdf']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('markdown, html');
  });
});
