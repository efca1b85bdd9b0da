/** What libraries are good for, and by which calls code shows that it uses them. Data and its types; the tables are in the folder `libraries`. */
import { literalPattern } from '../literal-pattern.ts';
import type { Capability, Ecosystem, Family } from './capability.ts';
import { DOTNET } from './libraries/dotnet.ts';
import { FURTHER } from './libraries/further.ts';
import { GO } from './libraries/go.ts';
import { JVM } from './libraries/jvm.ts';
import { NPM } from './libraries/npm.ts';
import { PYTHON } from './libraries/python.ts';
import { RUBY } from './libraries/ruby.ts';

/** How code shows that it uses a library: what it calls, or with what text it names it (where frameworks are set up by names). */
export type Use =
  | RegExp
  | {
      /** Looked for with the strings in place. */
      readonly text: RegExp;
    };

/** One library, or several that are used alike. */
export interface Library {
  readonly ecosystem: Ecosystem;
  /** Names as manifests write them; a `*` at the end stands for any rest. Empty for what a language brings along. */
  readonly names: readonly string[];
  /** What code writes to import it, where that is not the name; none where it is only named in settings. */
  readonly modules?: readonly string[];
  readonly family?: Family;
  /** How people call it, where that is neither its family nor its first name. */
  readonly called?: string;
  /** What it gives, each with the use that shows it; `undefined` where nothing in code does. */
  readonly gives: Readonly<Partial<Record<Capability, Use | undefined>>>;
  /** It is there for other things too, so that a dependency on it alone says nothing. */
  readonly general?: true;
  /** What the framework turns on by itself as soon as it is there. */
  readonly auto?: readonly Capability[];
  /** Beginning of the name of a further dependency without which the framework does not. */
  readonly autoWith?: string;
  /** A file that says this too does not use it as expected, e.g. it writes for people's eyes. */
  readonly spoiledBy?: (code: string) => boolean;
  /** The same for all of a unit: said anywhere in it, whoever starts the program chooses. */
  readonly chosenBy?: RegExp;
  /** An interface alone: its use counts as a dependency, because something else has to answer. */
  readonly interfaceOnly?: true;
}

/** All of them. */
export const LIBRARIES: readonly Library[] = [...NPM, ...PYTHON, ...JVM, ...GO, ...DOTNET, ...RUBY, ...FURTHER];

/** Whether a dependency is one of the library's packages. */
export function isNamed({ names }: Library, name: string): boolean {
  return names.some((it) => (it.endsWith('*') ? name.startsWith(it.slice(0, -1)) : it === name));
}

/** What is searched for an import of it; undefined where the language needs none. */
export function importOf({ ecosystem, names, modules }: Library): RegExp | undefined {
  const written = (modules ?? names).map((it) => literalPattern(it.replace(/\*$/, '')));
  const open = (modules ?? names).some((it) => it.endsWith('*')) ? '[\\w./@-]*' : '';
  if (written.length === 0) return undefined;
  const any = `(?:${written.join('|')})`;
  switch (ecosystem) {
    case 'npm':
      return new RegExp(`(?:from|require\\(|import\\(|import)\\s*["'\`]${any}${open}(?:/[^"'\`\\n]*)?["'\`]`);
    case 'pypi':
      return new RegExp(`^[ \\t]*(?:from|import)[ \\t]+${any}${open ? '\\w*' : '\\b'}`, 'm');
    case 'go':
      return new RegExp(`"${any}${open}(?:/[^"\\n]*)?"`);
    case 'jvm':
      return modules ? new RegExp(`^[ \\t]*import[ \\t]+(?:static[ \\t]+)?${any}`, 'm') : undefined;
    case 'cargo':
      return new RegExp(`\\b${any.replaceAll('-', '_')}::`);
    default:
      return undefined;
  }
}
