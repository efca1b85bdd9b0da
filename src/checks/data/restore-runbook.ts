/** Assesses whether there is a runbook for every store that says step by step how its data comes back. */

import { referenceAt } from '../../evidence/references/lookup.ts';
import type { Runbook, RunbookSection } from '../../evidence/runbooks.ts';
import type { Evidence } from '../../generated/evidence.ts';
import { defineCheck } from '../define.ts';
import { integer } from '../params.ts';
import { everyStore, lacking, type StorePart } from './every-store.ts';
import type { Kept, StoreSubject } from './kept.ts';
import { namesStore } from './naming.ts';

const ABOUT = /\brestor(?:e|ing|ation)\b|\brecover(?:y|ing)?\b/i;

export const check = defineCheck({
  summary:
    'Follows `restore_runbook` of every store, and where there is none looks through the runbooks for a section about restoring. It has to name the store and to have steps: commands, or enough words to follow.',
  needs: ['stores', 'references', 'runbooks'],
  params: { words: integer('Words that count as steps where a section has no commands.', 40) },
  assess(subject) {
    return everyStore(subject, ['has a restore runbook', 'have a restore runbook'], (kept) =>
      partOf(kept, subject.params.words, subject),
    );
  },
});

type Subject = StoreSubject & { readonly evidence: Pick<Evidence, 'runbooks'> };

function partOf(kept: Kept, words: number, { evidence, at }: Subject): StorePart {
  const { id, pointer, names } = kept;
  const { runbooks } = evidence.runbooks.facts;
  const reference =
    pointer === undefined ? undefined : referenceAt(evidence.references.facts, `${pointer}/restore_runbook`);
  if (!reference) {
    const own = runbooks.filter((it) => names.some((name) => namesStore(`${it.title} ${it.text}`, name)));
    const found = own.flatMap((it) => stepsIn(it, words) ?? [])[0];
    if (found) return { standing: 'verified', said: `${id} in "${found.title}"`, evidence: [found.at] };
    return lacking('missing', {
      message: `no runbook says how ${id} is restored`,
      at: kept.at,
      fix: 'Write down the steps from an empty place to a running service, with the commands, and name the page as `restore_runbook`.',
      subject: id,
    });
  }
  const { outcome, target, matches } = reference;
  if (outcome === 'url' || outcome === 'root-not-at-hand')
    return { standing: 'declared', said: `${id} at ${target}, which is not opened`, evidence: [reference.at] };
  if (outcome !== 'file' && outcome !== 'section' && outcome !== 'folder')
    return lacking(outcome === 'unread' ? 'unknown' : 'contradicted', {
      message: `the restore runbook of ${id}, ${target}, is not there`,
      at: reference.at,
      fix: 'Write the page, or correct the path.',
      subject: id,
    });
  const pages = runbooks.filter((it) =>
    matches.some(
      ({ path, line, root }) =>
        it.at.path === path &&
        (it.at.root ?? '') === (root ?? '') &&
        (outcome !== 'section' || it.at.line === undefined || it.at.line === line),
    ),
  );
  if (pages.length === 0)
    return lacking('unknown', {
      message: `${target} could not be read as a page`,
      at: reference.at,
      fix: 'Keep it as Markdown, AsciiDoc or reStructuredText.',
      subject: id,
    });
  const steps = pages.flatMap((it) => stepsIn(it, words) ?? [])[0];
  const problem = (message: string, fix: string): StorePart =>
    lacking('contradicted', { message, at: matches[0] ?? reference.at, fix, subject: id });
  if (!steps)
    return problem(
      `${target} has no steps that restore anything`,
      'Write down the steps in order, with the commands, and how one sees that the data is back.',
    );
  const whole = runbooks.filter(({ at: its }) => pages.some((it) => it.at.path === its.path));
  if (![...pages, ...whole].some(({ title, text }) => names.some((name) => namesStore(`${title} ${text}`, name))))
    return problem(`${target} does not name ${id}`, 'Say which store the steps are for, by its name.');
  return {
    standing: 'verified',
    said: `${id} in "${steps.title}"`,
    evidence: [at(`${pointer}/restore_runbook`), steps.at],
  };
}

/** A section about restoring that is written and can be followed. */
function stepsIn({ sections, title, copied }: Runbook, words: number): RunbookSection | undefined {
  if (copied) return undefined;
  const whole = ABOUT.test(title);
  return sections.find(
    (it) =>
      (whole || ABOUT.test(it.title)) &&
      it.state === 'filled' &&
      !it.pointer &&
      it.stubAt === undefined &&
      (it.commands > 0 || it.words >= words),
  );
}
