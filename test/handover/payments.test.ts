/** The handover of a well-kept sample, whole: what a person reads. `vitest -u` refreshes the goldens; look at them. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileHandover } from '../../src/handover/compile.ts';
import type { Handover, Line } from '../../src/handover/handover.ts';
import { diskRepo } from '../../src/repo/disk.ts';
import { handoverHtml } from '../../src/report/handover-html.ts';
import { handoverMarkdown } from '../../src/report/handover-markdown.ts';
import { judged } from './judged.ts';

let folder = '';
let page: Handover;

beforeAll(async () => {
  // Outside this repository, so that its history says nothing about the sample.
  folder = mkdtempSync(join(tmpdir(), 'gonogo-handover-'));
  cpSync('fixtures/services/payments', join(folder, 'payments'), { recursive: true });
  page = compileHandover(await judged(diskRepo(join(folder, 'payments'))));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function lines(): readonly Line[] {
  return page.services.flatMap(({ sections }) => sections.flatMap(({ groups }) => groups.flatMap((it) => it.lines)));
}

describe('the handover of payments', () => {
  it('reads as before in Markdown', async () => {
    await expect(handoverMarkdown(page, '')).toMatchFileSnapshot('__golden__/payments.md');
  });

  it('reads as before in HTML', async () => {
    await expect(handoverHtml(page, '')).toMatchFileSnapshot('__golden__/payments.html');
  });

  it('survives a JSON round trip', () => {
    expect(JSON.parse(JSON.stringify(page))).toEqual(page);
  });

  it('has a place for every line', () => {
    expect(lines().filter(({ places }) => places.length === 0)).toEqual([]);
  });

  it('counts the marks that it shows', () => {
    const [service] = page.services;
    for (const [mark, count] of Object.entries(service?.marks ?? {}))
      expect(lines().filter((it) => it.mark === mark)).toHaveLength(count);
  });

  it('loads nothing and runs nothing', () => {
    const text = handoverHtml(page, '');
    expect(text).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\bon\w+=/i);
    expect([...text.matchAll(/\b(?:src|href)="([^"]*)"/g)].filter(([, to = '']) => !/^(?:#|\.\/)/.test(to))).toEqual(
      [],
    );
  });

  it('has every id once, and nothing that leads to none', () => {
    const text = handoverHtml(page, '');
    const ids = [...text.matchAll(/\bid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, to] of text.matchAll(/(?:href="#|aria-labelledby=")([^"]*)"/g)) expect(ids).toContain(to);
  });
});
