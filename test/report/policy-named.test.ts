/** Whoever reads a report sees by which policy was judged. */
import { describe, expect, it } from 'vitest';
import { format as summary } from '../../src/report/github-summary.ts';
import { format as html } from '../../src/report/html.ts';
import { format as markdown } from '../../src/report/markdown.ts';
import { format as terminal } from '../../src/report/terminal.ts';
import { canvas } from './canvas.ts';
import { noGo, several } from './sample-report.ts';

const FORMATS = { terminal, html, markdown, summary };
const policy = { name: 'acme.yaml', digest: '0123456789abcdef' };

describe('a policy is named with its digest', () => {
  it.each(Object.entries(FORMATS))('by %s, and nothing is where there is none', (_, format) => {
    for (const report of [noGo(), several()]) {
      const text = format.render({ ...report, policy }, canvas({ width: 200 }));
      expect(text.replaceAll('`', '')).toContain('and the policy acme.yaml (digest 0123456789abcdef)');
      expect(format.render(report, canvas({ width: 200 }))).not.toContain('the policy');
    }
  });
});
