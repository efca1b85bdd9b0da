/** The files that an organisation's own rules ask for: which there are, on which lines something stands, which value is at a path. */
import type { Place, Unread } from '../model.ts';
import { type Match, matching } from './asked-files/matching.ts';
import { mentionsIn } from './asked-files/mentions.ts';
import type { Answer, FileAnswer, Question } from './asked-files/question.ts';
import { valuesIn } from './asked-files/values.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { placeIn } from './sources.ts';

/** Answers, one for each different question. */
export interface Facts {
  readonly answers: readonly Answer[];
}

/** Text that is read for one question, in UTF-16 units: patterns take about a second for it. */
const MOST_TEXT = 16_000_000;

export const collector = defineCollector<Facts>({
  summary:
    "files that an organisation's own rules ask for by globs: which there are, on which lines a text stands, which value of YAML, JSON or TOML is at a path",
  parses: ['yaml'],
  collect(sources) {
    const questions = new Map(sources.asked.map((it) => [JSON.stringify(it), it]));
    const answers = [...questions.values()].map((it) => answerOf(it, sources));
    const files = new Set(answers.flatMap((it) => it.files.map(({ at }) => `${at.root ?? ''}\0${at.path}`)));
    const unread = new Map(answers.flatMap((it) => it.unread.map((one) => [JSON.stringify(one), one] as const)));
    return {
      facts: { answers },
      looked: { files: files.size, note: `${answers.length} ${answers.length === 1 ? 'question' : 'questions'}` },
      unread: [...unread.values()],
      delegated: [],
    };
  },
});

/** The answer to a question that was asked before evidence was gathered. */
export function answerTo({ answers }: Facts, question: Question): Answer {
  const key = JSON.stringify(question);
  return answers.find((it) => JSON.stringify(it.question) === key) ?? { question, files: [], unread: [] };
}

function answerOf(question: Question, sources: Sources): Answer {
  const match = matching(question.files, sources);
  const unread = [...match.unread];
  return { question, files: answersIn(question, match, sources, unread), unread };
}

function answersIn(question: Question, { files }: Match, sources: Sources, unread: Unread[]): readonly FileAnswer[] {
  if (question.about === 'existence') return files.map((file) => ({ at: placeIn(file) }));
  let left = MOST_TEXT;
  return files.map((file): FileAnswer => {
    const at = placeIn(file);
    if (left <= 0) return refused(at, unread);
    const text = sources.text(file, unread);
    if (text === undefined) return { at };
    left -= text.length;
    return { at, ...foundIn(question, { file, text }, sources, unread) };
  });
}

function foundIn(
  question: Exclude<Question, { about: 'existence' }>,
  { file, text }: { readonly file: SourceFile; readonly text: string },
  sources: Sources,
  unread: Unread[],
): Omit<FileAnswer, 'at'> {
  if (question.about === 'mentions') return { mentions: mentionsIn(text, question.wanted, file, unread) };
  return valuesIn(file, text, question.path, sources, unread) ?? {};
}

function refused(at: Place, unread: Unread[]): FileAnswer {
  unread.push({ at, reason: 'limit', detail: `only the first ${MOST_TEXT} characters were read for one question` });
  return { at };
}
