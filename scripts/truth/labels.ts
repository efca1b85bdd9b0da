/** Reads a file of labels: what people found in real repositories at one commit, by rule. Judges nothing. */
import { InputError } from '../../src/input-error.ts';

/** What a person answered to a rule's question; `na` where the question does not arise. */
export type Answer = 'yes' | 'no' | 'na' | 'unsure';

/** One answer with what decided it. */
export interface Label {
  /** Read strictly: of everything in the tree. */
  readonly answer: Answer;
  /** The answer over first-party production workloads only. */
  readonly relaxed?: Answer;
  /** Other answers that a fair judge does not count as wrong. */
  readonly accept: readonly Answer[];
  /** path:line, or words about an absence. */
  readonly evidence: readonly string[];
  readonly note?: string;
}

/** The labels of one repository. */
export interface LabelledRepository {
  /** owner/name */
  readonly name: string;
  /** Id of the commit the answers are about. */
  readonly commit: string;
  readonly answers: ReadonlyMap<string, Label>;
}

const ANSWERS: readonly unknown[] = ['yes', 'no', 'na', 'unsure'];

/** The repositories of a labels file; `file` is for messages. */
export function parseLabels(text: string, file: string): readonly LabelledRepository[] {
  const { repositories } = objectOf(parsed(text, file));
  const entries = Object.entries(objectOf(repositories));
  if (entries.length === 0) throw wrong(file, 'it names no repositories');
  return entries.map(([name, value]) => {
    const { commit, answers } = objectOf(value);
    if (!/^[^/\s]+\/[^/\s]+$/.test(name)) throw wrong(file, `"${name}" is not owner/name`);
    if (typeof commit !== 'string' || !/^[0-9a-f]{40,64}$/.test(commit))
      throw wrong(file, `${name} has no full commit id`);
    const labels = Object.entries(objectOf(answers)).map(
      ([rule, label]) => [rule, labelOf(label, `${name} ${rule}`, file)] as const,
    );
    return { name, commit, answers: new Map(labels) };
  });
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw wrong(file, `it is not JSON: ${(error as Error).message}`);
  }
}

function labelOf(value: unknown, about: string, file: string): Label {
  const { answer, relaxed, accept, evidence, note } = objectOf(value);
  if (!isAnswer(answer)) throw wrong(file, `${about} has no answer of yes, no, na or unsure`);
  return {
    answer,
    ...(isAnswer(relaxed) && { relaxed }),
    accept: listOf(accept).filter(isAnswer),
    evidence: listOf(evidence).filter((it) => typeof it === 'string'),
    ...(typeof note === 'string' && { note }),
  };
}

function isAnswer(value: unknown): value is Answer {
  return ANSWERS.includes(value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function wrong(file: string, why: string): InputError {
  return new InputError(`"${file}" holds no labels: ${why}`, '--labels', 'see docs/truth.md for the format');
}
