/** Which test files get a process of their own. To load all that is judged with anew for each of the others takes as long as their tests do. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What puts something else in the place of a module, a clock or a global, or changes what a process has once. */
const CHANGES: readonly RegExp[] = [
  /\bvi\b[^\n]*\bfrom 'vitest'/,
  // It replaces functions of node:fs.
  /'playwright-core'/,
  /\bprocess\.env(?:\.\w+|\[[^\]\n]*\])\s*(?:\?\?|\|\|)?=(?!=)/,
  /\bprocess\.exitCode\s*=(?!=)/,
  /\bprocess\.(?:chdir|umask)\([^)]/,
  /\bdelete (?:process|globalThis)\b/,
  /\b(?:assign|defineProperty)\((?:process|globalThis)\b/,
  /\bglobalThis(?:\.\w+|\[[^\]\n]*\])+\s*=(?![=>])/,
  /\.prototype\.\w+\s*=(?!=)/,
  /\bconfigureGlobal\(/,
];

/** Whether the text of a file says that it changes its process. */
export function changesProcess(text: string): boolean {
  return CHANGES.some((it) => it.test(text));
}

/** Test files that change their process, themselves or by what they import from the tests, by their paths. */
export function filesAlone(folder = 'test'): readonly string[] {
  const texts = new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(folder, file))
      .map((file) => [file, readFileSync(file, 'utf8')]),
  );
  return [...texts.keys()].filter((file) => file.endsWith('.test.ts') && reached(file, texts).some(changesProcess));
}

/** The texts of a file and of all files among these that it imports. */
function reached(file: string, texts: ReadonlyMap<string, string>): readonly string[] {
  const seen = new Set([file]);
  for (const from of seen) {
    const imports = [...(texts.get(from) ?? '').matchAll(/\bfrom '(\.[^']+)'|\bimport\(?\s*'(\.[^']+)'/g)];
    for (const [, named, bare] of imports) seen.add(join(dirname(from), named ?? bare ?? ''));
  }
  return [...seen].flatMap((it) => texts.get(it) ?? []);
}
