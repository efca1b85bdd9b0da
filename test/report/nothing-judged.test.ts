/** A report in which no rule applied says so in every format, and in none that it is a GO: the report's own `verdict` is all that JSON keeps. */
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/generated/formats.ts';
import type { Report } from '../../src/model.ts';
import { canvas } from './canvas.ts';
import { finding, nothingJudged, report, service } from './sample-report.ts';

const NAMES = Object.keys(FORMATS).filter(
  (name) => name !== 'json' && name !== 'cyclonedx',
) as (keyof typeof FORMATS)[];

async function shown(name: keyof typeof FORMATS, it: Report): Promise<string> {
  const format = await FORMATS[name]();
  return format.render(it, canvas()).replace(/<aside[\s\S]*?<\/aside>|gonogo_verdict\{.*\} 0/g, '');
}

describe('a report in which nothing was judged', () => {
  it.each(NAMES)('is no GO in %s', async (name) => {
    const skipped = report([service([finding('a/b', 'skip')], { name: 'refunds' })]);
    for (const it of [nothingJudged(), skipped]) {
      const text = await shown(name, it);
      expect(text).not.toMatch(/\bGO\b|✔/);
    }
  });

  it.each(['terminal', 'markdown', 'github-summary', 'html', 'csv', 'sarif', 'junit'] as const)(
    'is none of a single service in %s either, where others are ready',
    async (name) => {
      const ready = service([finding('a/b', 'pass')], { name: 'ledger', dir: 'ledger' });
      const unjudged = service([finding('a/b', 'skip')], { name: 'refunds', dir: 'refunds' });
      const text = await shown(name, report([ready, unjudged]));
      const both = await shown(name, report([ready, { ...ready, service: unjudged.service }]));
      const goes = (it: string) => it.match(/\bGO\b/g)?.length ?? 0;
      expect(goes(text)).toBeLessThan(goes(both));
    },
  );
});
