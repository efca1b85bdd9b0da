/** How options are declared: each can be set by an environment variable too, and some are given several times. */
import { Option } from 'commander';

/** An option that can also be set by an environment variable: `--fail-on` by `GONOGO_FAIL_ON`. */
export function option(flags: string, description: string): Option {
  const made = new Option(flags, description);
  const name = `GONOGO_${made.name().toUpperCase().replaceAll('-', '_')}`;
  // Commander takes any value of a flag's variable for yes.
  const no = made.isBoolean() && /^(|0|false|no|off)$/i.test(process.env[name] ?? 'unset');
  return made.negate || no ? made : made.env(name);
}

/** Every command that judges a path tells what it would judge by. */
export function explaining(): Option {
  return new Option('--explain-options', 'print every option with its value and where that came from, judge nothing');
}

/** Values of an option that may be given several times. */
export function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

/** The same where each value may be several words, divided by commas. */
export function collectWords(value: string, previous: readonly string[] = []): readonly string[] {
  return [
    ...previous,
    ...value
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean),
  ];
}
