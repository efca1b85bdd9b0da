/** Assesses whether files exist. A file that exists proves that it exists; what it says is not read. */

import type { Question } from '../../evidence/asked-files/question.ts';
import { answerTo } from '../../evidence/asked-files.ts';
import { defineCheck, missing, verified } from '../define.ts';
import { flag, integer } from '../params.ts';
import { counted } from '../words.ts';
import { FILES, faultsOfGlobs } from './globs.ts';

export const check = defineCheck({
  summary:
    "Looks for files by paths and globs. It proves that they exist and nothing about what they say, so the rule's statement has to be about existence alone.",
  needs: ['asked-files'],
  params: {
    files: FILES,
    every: flag('Each of the globs has to match; otherwise one of them suffices.', false),
    at_least: integer('How many files there have to be, of each glob where `every` is set.', 1, 1),
  },
  ofOwnFiles: true,
  faults: ({ files }) => faultsOfGlobs(files),
  asks: ({ files }) => files.map(questionOf),
  unread: ({ evidence, params }) =>
    params.files.flatMap((glob) => answerTo(evidence['asked-files'].facts, questionOf(glob)).unread),
  assess({ evidence, params }) {
    const { every, at_least: least } = params;
    const answers = params.files.map((glob) => ({
      glob,
      found: answerTo(evidence['asked-files'].facts, questionOf(glob)).files.map(({ at }) => at),
    }));
    const found = answers.flatMap((it) => it.found);
    const short = answers.filter((it) => it.found.length < least);
    const isMet = every ? short.length === 0 : new Set(found.map(({ path }) => path)).size >= least;
    if (isMet) return verified(existing(found.map(({ path }) => path)), found.slice(0, 10));
    const wanted = least > 1 ? `fewer than ${least} files exist` : 'no file exists';
    const names = (every ? short : answers).map(({ glob }) => glob);
    const problems = every
      ? short.map(({ glob, found: its }) => ({
          message: `${glob} matches ${counted(its.length, 'file')}`,
          subject: glob,
        }))
      : [];
    return missing(`${wanted} by ${names.join(', ')}`, problems, { evidence: found.slice(0, 10) });
  },
});

function questionOf(glob: string): Question {
  return { about: 'existence', files: glob };
}

function existing(paths: readonly string[]): string {
  if (paths.length === 1) return `${paths[0]} exists`;
  return `${paths.length} files exist: ${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ', …' : ''}`;
}
