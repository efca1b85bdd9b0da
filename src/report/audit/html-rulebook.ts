/** Numbers for what services of an audit have in common: rules, areas, owners and answers, in the order in which they turn up. Pure. */
import type { Ruling, Severity, Standing } from '../../model.ts';
import type { Audit, PackedFinding, RuleText } from '../../model-audit.ts';
import { visible } from '../escape-terminal.ts';
import type { PageRule } from './page-data.ts';

/** Gives each different thing a number, from 0 up. */
export interface Numbered<T> {
  /** Things are the same where their keys are. */
  numberOf(key: string, make: () => T): number;
  readonly all: readonly T[];
}

/** No thing yet. */
export function numbered<T>(): Numbered<T> {
  const numbers = new Map<string, number>();
  const all: T[] = [];
  return {
    all,
    numberOf(key, make) {
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, all.length);
      return all.push(make()) - 1;
    },
  };
}

/** What the verdict made of a rule, and on what grounds. */
type Answer = readonly [Severity, Standing, Ruling];

/** Letters that need no escape in JSON or markup; there are more than answers. */
const LETTERS = Array.from({ length: 400 }, (_, index) => String.fromCharCode(0x23 + index))
  .filter((letter) => !/[\u007F-\u00A0\u00AD"\\<>&]/.test(letter))
  .join('');

/** Rules, and what a service's findings are in letters. */
export interface Rulebook {
  /** A letter for each rule; a blank for what was not judged. */
  lettersOf(findings: readonly PackedFinding[]): string;
  ruleOf(finding: PackedFinding): number;
  rules(): readonly PageRule[];
  areas(): readonly string[];
  readonly letters: string;
  readonly answers: readonly Answer[];
}

/** A rulebook for an audit: its checklists say in which order areas come; those of a repository's own follow. */
export function rulebook({ rules: texts, checklists }: Pick<Audit, 'rules' | 'checklists'>): Rulebook {
  const rules = numbered<readonly [id: string, text: RuleText]>();
  const answers = numbered<Answer>();
  const ruleOf = (finding: PackedFinding): number =>
    rules.numberOf(keyOf(finding), () => [finding.rule, textOf(finding, texts)]);
  const areas = (): readonly string[] => {
    const used = new Set(rules.all.map(([, { area }]) => area));
    const listed = checklists.map(({ name }) => name).filter((name) => used.has(name));
    return [...new Set([...listed, ...used])];
  };
  return {
    ruleOf,
    areas,
    letters: LETTERS,
    answers: answers.all,
    lettersOf(findings) {
      const letters: string[] = [];
      for (const finding of findings) {
        const { severity, standing, ruling } = finding;
        const answer = answers.numberOf(`${severity} ${standing} ${ruling}`, () => [severity, standing, ruling]);
        letters[ruleOf(finding)] = LETTERS[answer] ?? ' ';
      }
      return Array.from(letters, (letter) => letter ?? ' ').join('');
    },
    rules() {
      const order = areas();
      return rules.all.map(([id, { area, statement, why, fix, refs = [] }]) => [
        visible(id),
        order.indexOf(area),
        visible(statement),
        visible(why),
        visible(fix),
        refs.map(visible),
      ]);
    },
  };
}

/** A rule that says something else than the audit's of that id is another one. */
function keyOf({ rule, area, statement, why, fix, refs }: PackedFinding): string {
  return statement === undefined ? rule : JSON.stringify([rule, area, statement, why, fix, refs]);
}

/** What the rule says: all of it stands in the finding, or none of it. */
function textOf(
  { rule, area = '', statement, why = '', fix = '', refs }: PackedFinding,
  texts: Audit['rules'],
): RuleText {
  if (statement !== undefined) return { area, statement, why, fix, ...(refs && { refs }) };
  return (Object.hasOwn(texts, rule) ? texts[rule] : undefined) ?? { area, statement: '', why, fix };
}
