/** What every human format says of a change: the gate and why, exceptions that came with it, what else is not as before. */
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model.ts';
import { format as summary } from '../../src/report/github-summary.ts';
import { format as html } from '../../src/report/html.ts';
import { format as markdown } from '../../src/report/markdown.ts';
import { format as terminal } from '../../src/report/terminal.ts';
import { canvas } from './canvas.ts';
import * as sample from './sample-change.ts';
import { nothingJudged } from './sample-report.ts';

const FORMATS = Object.entries({ terminal, markdown, summary, html });

/** Without markup, escapes and breaks of lines, so that a sentence is found in any format. */
function words(format: (typeof FORMATS)[number][1], report: Report): string {
  return format
    .render(report, canvas({ width: 0 }))
    .replace(/<[^>]*>|[\\*`]/g, '')
    .replace(/\s+/g, ' ');
}

/** Nothing is new; one entry of the baseline is fixed and still there, and the gate was told to be tight. */
function ratcheted(): Report {
  const report = sample.none();
  const against = { what: 'baseline', name: 'gonogo.baseline.json' } as const;
  return { ...report, change: { against, passes: false, worse: 0, better: 0, services: [], notes: ['one is fixed'] } };
}

describe.each(FORMATS)('a change in %s', (_, format) => {
  it('does not say that something got worse where a gate fails for a baseline that holds what is fixed', () => {
    const text = words(format, ratcheted());
    expect(text).toMatch(/gate fails: the baseline gonogo\.baseline\.json holds what is fixed/i);
    expect(text).not.toMatch(/that blocks got worse|what blocks got worse/i);
  });

  it('says which rules block and got worse, and since when', () => {
    expect(words(format, sample.worse())).toMatch(
      /gate fails: 2 rules that block got worse since main \(9d0c1b2a3f4e\)/i,
    );
    expect(words(format, sample.none())).toMatch(/gate passes: nothing that blocks got worse since main/i);
  });

  it('lets no gate pass where nothing was judged', () => {
    const text = words(format, { ...sample.none(), services: nothingJudged().services });
    expect(text).toMatch(/nothing was judged, so nothing can be said of what got worse/i);
    expect(text).not.toMatch(/gate passes|nothing that blocks got worse/i);
  });

  it('shows each exception that came with the change, and who approved it', () => {
    const change = sample.worse().change;
    const waived = change?.services.flatMap((it) => it.waived ?? []) ?? [];
    expect(waived.length).toBeGreaterThan(0);
    const text = words(format, sample.worse());
    expect(text).toMatch(/waived by this change/i);
    for (const { owner } of waived) expect(text).toContain(`accepted by ${owner}, `);
    for (const { expires } of waived) expect(text).toContain(`until ${expires}`);
  });

  it('says what else is not as before', () => {
    const report = sample.worse();
    const notes = ['gonogo.policy.yaml counts as it was before'];
    const text = words(format, { ...report, ...(report.change && { change: { ...report.change, notes } }) });
    expect(text).toContain(notes[0]);
  });

  it('knows of a rule that a baseline does not hold that it was not accepted, not that it was not judged', () => {
    expect(words(format, sample.baseline())).not.toContain('not judged');
  });
});
