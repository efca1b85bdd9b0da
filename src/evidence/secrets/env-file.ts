/** Reads a committed environment file for variables that hold a secret. Says their names and lines, never a value. Pure. */
import { disorder, isPlaceholderSecret, isPlaceholderValue } from './placeholder-secret.ts';
import { promisesSecret } from './secret-name.ts';

const FILE = /(?:^|\/)(?:\.env(?:\.(?:prod|production|live|stag(?:e|ing)))?|(?:prod|production|live|staging)\.env)$/i;
/** Prefixes by which build tools hand a variable to every browser. */
const FOR_BROWSERS = /^(?:NEXT_PUBLIC|REACT_APP|VITE|GATSBY|NUXT_PUBLIC|EXPO_PUBLIC|PUBLIC)_/;
/** Shorter values are words; less disorder is a word with a number. */
const SHORTEST = 20;
const LEAST_DISORDER = 3.5;

/** Whether a path is an environment file that is used as it stands, not a sample or one for tests. */
export function isEnvFile(path: string): boolean {
  return FILE.test(path);
}

/** Lines whose variable promises a secret and whose value looks like one. */
export function secretVariables(text: string): readonly { readonly name: string; readonly line: number }[] {
  return text.split(/\r?\n/, 2000).flatMap((line, index) => {
    const [, name = '', written = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w{0,100})\s*=\s*(.{1,2000})$/.exec(line) ?? [];
    const value = written.trim().replace(/^(["'])(.*)\1$/, '$2');
    const holds =
      promisesSecret(name) &&
      !FOR_BROWSERS.test(name) &&
      value.length >= SHORTEST &&
      !/\s|^ENC\[|^(?:https?|vault|ref\+|op|arn|projects)[:/]/i.test(value) &&
      !isPlaceholderValue(value) &&
      !isPlaceholderSecret(value) &&
      disorder(value) >= LEAST_DISORDER;
    return holds ? [{ name, line: index + 1 }] : [];
  });
}
