/** Assesses whether files mention something. A mention is a mention: it never proves that anything behaves so. */

import type { Answer, Question } from '../../evidence/asked-files/question.ts';
import { answerTo } from '../../evidence/asked-files.ts';
import { compilePattern } from '../../expressions/linear-pattern.ts';
import type { Problem } from '../../model.ts';
import { contradicted, declared, defineCheck, missing, unknown } from '../define.ts';
import { choice, flag, list, type Values } from '../params.ts';
import { counted } from '../words.ts';
import { patternFault } from './expectation.ts';
import { FILES, faultsOfGlobs } from './globs.ts';

const PARAMS = {
  files: FILES,
  texts: list('Texts of which one is mentioned, as they are: plain words serve where no pattern is needed.', []),
  patterns: list('Patterns of RE2 of which one is found in a line.', []),
  wanted: choice('Whether they are to be mentioned, or not to be.', 'present', ['present', 'absent']),
  every_file: flag('Each of the files has to mention one of them; otherwise one file suffices.', false),
  whole_words: flag('A text counts only as a whole word.', true),
  ignore_case: flag('Capitals and small letters are the same.', true),
};

export const check = defineCheck({
  summary:
    'Looks for texts and patterns line by line in the files that globs match. What is mentioned is *declared* at best: words prove no behaviour. Where they are not to be mentioned, a line that does contradicts the rule.',
  needs: ['asked-files'],
  params: PARAMS,
  claimOnly: true,
  ofOwnFiles: true,
  faults: (params) => [
    ...faultsOfGlobs(params.files),
    ...(params.texts.length + params.patterns.length === 0 || params.texts.includes('')
      ? [{ param: 'texts', message: 'nothing is looked for', fix: 'set `texts` or `patterns`' }]
      : []),
    ...params.patterns.flatMap((pattern) => {
      const compiled = compilePattern(pattern);
      return 'fault' in compiled ? [patternFault('patterns', pattern, compiled.fault)] : [];
    }),
  ],
  asks: questionsOf,
  unread: ({ evidence, params }) =>
    questionsOf(params).flatMap((it) => answerTo(evidence['asked-files'].facts, it).unread),
  assess({ evidence, params }) {
    const answers = questionsOf(params).map((it) => answerTo(evidence['asked-files'].facts, it));
    const files = answers.flatMap((it) => it.files);
    const sought = [...params.texts, ...params.patterns].join(', ');
    const where = `${counted(files.length, 'file')} (${params.files.join(', ')})`;
    if (files.length === 0)
      return missing(`there is no file ${params.files.join(', ')}, so nothing is mentioned in any`);
    const mentions = files.flatMap((it) => it.mentions ?? []);
    if (params.wanted === 'absent') return absent(answers, `mention of ${sought} in ${where}`);
    const silent = files.filter((it) => it.mentions?.length === 0);
    const [first] = mentions;
    if (!first || (params.every_file && silent.length > 0)) {
      const problems = silent
        .slice(0, 50)
        .map(({ at }): Problem => ({ message: `it mentions none of ${sought}`, at, subject: at.path }));
      return missing(`${sought} is mentioned in ${first ? 'some, not in all,' : 'none'} of ${where}`, problems);
    }
    const unread = params.every_file ? unreadOf(answers) : undefined;
    if (unread) return unknown(`not every file could be read: ${unread}`, { evidence: [first.at] });
    const said = new Set(mentions.map(({ at }) => at.path)).size;
    return declared(`${sought} is mentioned in ${said} of ${where}; a mention proves nothing more`, first.at, {
      evidence: mentions.slice(1, 10).map(({ at }) => at),
    });
  },
});

function questionsOf(params: Values<typeof PARAMS>): readonly Question[] {
  const wanted = {
    texts: params.texts,
    patterns: params.patterns,
    ignoreCase: params.ignore_case,
    wholeWords: params.whole_words,
  };
  return params.files.map((files) => ({ about: 'mentions', files, wanted }));
}

/** Nothing should be mentioned: a file that could not be read may mention it. */
function absent(answers: readonly Answer[], what: string): ReturnType<typeof contradicted> {
  const files = answers.flatMap((it) => it.files);
  const problems = files
    .flatMap((it) => it.mentions ?? [])
    .map(({ wanted, at }): Problem => ({ message: `"${wanted}" is mentioned`, at, subject: wanted }));
  if (problems.length > 0) return contradicted(`there is ${what}`, problems);
  const unread = unreadOf(answers);
  const [first] = files;
  if (unread || !first) return unknown(`no ${what} was found, but not all could be read: ${unread}`);
  return declared(`there is no ${what}; silence proves nothing more`, first.at);
}

function unreadOf(answers: readonly Answer[]): string | undefined {
  const [unread] = answers.flatMap((it) => it.unread);
  return unread && `${unread.at.path}: ${unread.detail}`;
}
