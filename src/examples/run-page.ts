/** Runs a rule's example page: judges each example, and writes the page anew with today's answers. Prints and saves nothing. */
import type { Finding } from '../model.ts';
import { BUILT_IN, findingOn, renderAnswer, type Yardstick } from './answer.ts';
import { estateFindingOn, isOfEstate, renderEstateAnswer } from './estate-answer.ts';
import { type Example, readPage } from './page.ts';

/** Standings that a ready example may have. */
const READY: readonly string[] = ['verified', 'declared', 'not-applicable'];

/** One example, judged. */
export interface ExampleRun {
  readonly title: string;
  readonly finding: Pick<Finding, 'standing' | 'because'>;
  /** Whether its standing is one that its title allows. */
  readonly fits: boolean;
  /** The answer as the page has it, empty where it has none, and as it is today. */
  readonly before: string;
  readonly after: string;
}

/** A page, run. */
export interface PageRun {
  readonly examples: readonly ExampleRun[];
  /** Which of the two examples that every page needs it has not. */
  readonly lacks: readonly ('ready' | 'not ready')[];
  /** The page with today's answers. */
  readonly text: string;
}

/** Runs all examples of a page, one after another. */
export async function runPage(text: string, rule: string, yardstick: Yardstick = BUILT_IN): Promise<PageRun> {
  const examples = readPage(text);
  const runs: ExampleRun[] = [];
  for (const example of examples) runs.push(await runExample(example, text, rule, yardstick));
  const answered = examples.map((example, index) => ({ example, after: runs[index]?.after ?? '' }));
  return {
    examples: runs,
    lacks: (['ready', 'not ready'] as const).filter((kind) => !examples.some((it) => it.expects === kind)),
    text: answered.reduceRight((page, { example, after }) => withAnswer(page, example, after), text),
  };
}

async function runExample(example: Example, page: string, rule: string, yardstick: Yardstick): Promise<ExampleRun> {
  const { finding, answer } = await answerTo(example, rule, yardstick);
  const isReady = READY.includes(finding.standing);
  return {
    title: example.title,
    finding,
    fits: example.expects === 'either' || isReady === (example.expects === 'ready'),
    before: page.slice(...example.answer),
    after: answer,
  };
}

async function answerTo(example: Example, rule: string, yardstick: Yardstick) {
  if (isOfEstate(rule)) {
    const finding = await estateFindingOn(example, rule);
    return { finding, answer: renderEstateAnswer(finding) };
  }
  const finding = await findingOn(example, rule, yardstick);
  return { finding, answer: renderAnswer(finding) };
}

function withAnswer(page: string, { answer: [start, end] }: Example, answer: string): string {
  const gap = start === end ? '\n\n' : '';
  return page.slice(0, start) + gap + answer + page.slice(end);
}
