/** `check --format html`: the page's links lead to the files that it speaks of, wherever it was written. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markupOf } from '../report/html-markup.ts';
import { run } from './run.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gonogo-html-'));
  cpSync('fixtures/services', folder, { recursive: true });
  mkdirSync(join(folder, 'reports'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Files that a page links, as a viewer that opened it from a folder finds them. */
function linked(page: string, from: string): readonly string[] {
  const hrefs = markupOf(page).elements.flatMap(({ attributes: { href = '' } }) =>
    href.startsWith('./') ? [href] : [],
  );
  return [...new Set(hrefs.map((href) => resolve(from, decodeURIComponent(href.replace(/#L\d+$/, '')))))];
}

describe.each(['payments', 'monorepo'])('the page on %s', (name) => {
  it('links files from the folder that it is written to', () => {
    const file = join(folder, 'reports', `${name}.html`);
    const { status, stdout } = run(['check', join(folder, name), '--as-of', '2026-11-16', '--format', `html=${file}`]);
    expect([status, stdout]).toEqual([0, '']);
    const files = linked(readFileSync(file, 'utf8'), join(folder, 'reports'));
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((it) => !it.startsWith(join(folder, name)))).toEqual([]);
    expect(files.filter((it) => !existsSync(it) && !it.endsWith('.git'))).toEqual([]);
  });

  it('lies at the root of the repository where it goes to stdout', () => {
    const { stdout } = run(['check', join(folder, name), '--as-of', '2026-11-16', '--format', 'html']);
    const files = linked(stdout, join(folder, name));
    expect(files.filter((it) => !existsSync(it) && !it.endsWith('.git'))).toEqual([]);
  });
});
