/** Assesses whether every line of CODEOWNERS still does something. */
import type { Codeowners, Facts, OwnerRule } from '../../evidence/owners.ts';
import type { Problem } from '../../model.ts';
import { contradicted, defineCheck, notApplicable, unknown, verified } from '../define.ts';
import { counted } from '../words.ts';

export const check = defineCheck({
  summary:
    'Matches each pattern of CODEOWNERS against the files of the whole repository, and looks for rules without an owner that leave out nothing, rules that a later one of the same pattern overrides, merge-conflict markers, lines that are none, and CODEOWNERS files that no forge reads.',
  needs: ['owners'],
  params: {},
  assess({ evidence }) {
    const { facts, unread } = evidence.owners;
    const { codeowners } = facts;
    const unreadable = unread.find(({ at }) => /(^|\/)CODEOWNERS$/.test(at.path));
    if (!codeowners && unreadable)
      return unknown(`${unreadable.at.path} could not be read: ${unreadable.detail}`, { evidence: [unreadable.at] });
    const problems = [...(codeowners ? linesOf(codeowners) : []), ...elsewhere(facts)];
    if (problems.length > 0) return contradicted(tally(problems.length - facts.ignored.length, facts), problems);
    if (!codeowners) return notApplicable('there is no CODEOWNERS');
    return verified(alive(codeowners), [codeowners.at]);
  },
});

function alive({ rules }: Codeowners): string {
  const owning = rules.filter(({ owners }) => owners.length > 0).length;
  const named = `${counted(owning, 'rule matches', 'rules match')} files and ${owning === 1 ? 'names' : 'name'} an owner`;
  const without = rules.length - owning;
  return without === 0
    ? named
    : `${named}; ${counted(without, 'rule leaves', 'rules leave')} files to nobody on purpose`;
}

function tally(lines: number, { codeowners, ignored }: Facts): string {
  const rules = counted(codeowners?.rules.length ?? 0, 'rule');
  const parts = [
    lines > 0
      ? `${counted(lines, 'line')} of ${codeowners?.at.path} ${lines === 1 ? 'does not do what it says' : 'do not do what they say'}; it has ${rules}`
      : '',
    ignored.length > 0
      ? `${counted(ignored.length, 'CODEOWNERS file is', 'CODEOWNERS files are')} in places where no forge looks`
      : '',
  ];
  return parts.filter(Boolean).join('; ');
}

function linesOf({ faults, rules }: Codeowners): readonly Problem[] {
  const broken = faults.map(({ what, text, at }) => ({
    message:
      what === 'conflict-marker'
        ? 'a merge conflict was committed here'
        : `"${text}" is no rule: a pattern, then owners as @user, @org/team or an address`,
    at,
    fix:
      what === 'conflict-marker'
        ? 'Resolve it and remove the markers.'
        : 'Correct the line, or make it a comment with #.',
    subject: `${what} ${text}`,
  }));
  const idle = rules.flatMap((rule, index) => {
    const trouble = troubleWith(rule, rules.slice(index + 1));
    return trouble ? [{ ...trouble, at: rule.at, subject: `${rule.section ?? ''} ${rule.pattern}`.trim() }] : [];
  });
  return [...broken, ...idle].toSorted((a, b) => (a.at.line ?? 0) - (b.at.line ?? 0));
}

function troubleWith(
  { pattern, owners, dead, section, exempts }: OwnerRule,
  later: readonly OwnerRule[],
): Pick<Problem, 'message' | 'fix'> | undefined {
  if (dead) return { message: `${pattern} matches no file`, fix: 'Correct the path, or remove the line.' };
  if (owners.length === 0 && !exempts)
    return {
      message: `${pattern} names no owner, and no line above it gave its files one, so it does nothing`,
      fix: 'Name the owner, or remove the line.',
    };
  const winner = later.find((it) => it.pattern === pattern && it.section === section);
  if (!winner) return undefined;
  const fix = `Put all owners of ${pattern} on one line.`;
  return { message: `${pattern} is given again on line ${winner.at.line}, and only the last one counts`, fix };
}

function elsewhere({ ignored, codeowners }: Facts): readonly Problem[] {
  return ignored.map((at) => ({
    message: codeowners
      ? `no forge reads this file; only ${codeowners.at.path} counts`
      : 'no forge reads this file in this place',
    at,
    fix: codeowners
      ? `Move its rules to ${codeowners.at.path}.`
      : 'Move it to CODEOWNERS, .github/CODEOWNERS or docs/CODEOWNERS.',
    subject: at.path,
  }));
}
