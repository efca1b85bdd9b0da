/** How the help is written: what an option is when nothing is said, in words, and what each exit code means. */
import type { Help, Option } from 'commander';

/** What commander asks for each option. It would show the words for a default only where that is a value, and a preset as code. */
export const HELP: Partial<Help> = { optionDescription };

function optionDescription({ description, argChoices, mandatory, ...option }: Option): string {
  const { defaultValue, defaultValueDescription = valueWords(defaultValue), envVar } = option;
  const more = [
    ...(mandatory ? ['required'] : []),
    ...(argChoices ? [`choices: ${argChoices.join(', ')}`] : []),
    ...(defaultValueDescription === undefined ? [] : [`default: ${defaultValueDescription}`]),
    ...(envVar === undefined ? [] : [`env: ${envVar}`]),
  ];
  return more.length > 0 ? `${description} (${more.join('; ')})` : description;
}

function valueWords(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Below the list of commands. */
export const EXIT_CODES = `
Exit codes:
  0  GO or CONDITIONAL GO; for other commands: done
  1  NO-GO; with check --since or --baseline: something that blocks got worse;
     audit and merge with --fail-on: something blocks; verify refused;
     diff --fail-on-worse: worse; test-rules: a page does not hold
  2  could not judge: bad arguments, a broken policy, nothing to judge, or a
     fault of ours; audit and merge: a repository was not judged or is missing`;
