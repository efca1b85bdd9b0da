/** Commands of a step with the variables around them, whatever system runs them: what they are for. */
import type { Place } from '../../model.ts';
import { list } from '../plain-value.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import type { Told } from './actions.ts';
import { carriedBy, namedIn } from './artefacts.ts';
import type { Source } from './github-steps.ts';
import type { Purpose } from './pipeline.ts';
import { DELIVERS, purposesOf } from './purposes.ts';
import type { ShellOptions } from './shell.ts';
import type { World } from './world.ts';

/** A script and what is around it. */
export interface ShellStep {
  readonly text: string;
  readonly options: ShellOptions;
  readonly cwd: string | undefined;
  /** Variables by lower-case name. */
  readonly env: Told;
  at(line: number): Place;
}

/** Lines of commands and where each is written. */
export interface Lines {
  readonly text: string;
  at(line: number): Place;
}

/** What a script is for. */
export function shellPurposes({ text, options, cwd, env, at }: ShellStep, world: World): readonly Purpose[] {
  return purposesOf({ text: withVariables(text, env), options, cwd, at }, world).map((it) => withContext(it, env));
}

/** Longest value of a variable that is put in its place. */
const LONGEST_VALUE = 200;

/** Variables whose value is written out, put in their place. */
function withVariables(text: string, env: Told): string {
  return text.replace(/\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g, (whole, braced?: string, plain?: string) => {
    const value = env[(braced ?? plain ?? '').toLowerCase()];
    return value === undefined || value.length > LONGEST_VALUE || /[\n'"`$\\]/.test(value) ? whole : value;
  });
}

/** The environment's variables say what the command leaves to them. */
export function withContext(purpose: Purpose, env: Told): Purpose {
  const telling = Object.entries(env).filter(([key]) => /env|cluster|stage|namespace|target|space|project/.test(key));
  const [named, ...more] = namedIn(telling.map(([, value]) => value).join(' '));
  if (!DELIVERS.test(purpose.intent)) return purpose;
  const environment = purpose.environment ?? (more.length === 0 ? named : undefined);
  const carries = [...new Set([...(purpose.carries ?? []), ...carriedBy(Object.values(env).join(' '))])];
  return { ...purpose, ...(environment !== undefined && { environment }), ...(carries.length > 0 && { carries }) };
}

/** The place of a line of a text within a document. */
export function lineOf({ document, path: file }: Source, path: YamlPath, line: number): Place {
  return { path: file, line: document.inside(path, { line, column: 1 }).line };
}

const MOST_LINES = 5000;

/** Lists within lists of commands, as aliases make them, one after another. */
export function linesAt(source: Source, path: YamlPath, value: unknown): Lines {
  return joinLines(partsAt(source, path, value, 0));
}

function partsAt(source: Source, path: YamlPath, value: unknown, depth: number): readonly Lines[] {
  if (typeof value === 'string') return [{ text: value, at: (line) => lineOf(source, path, line) }];
  if (depth > 3) return [];
  return list(value).flatMap((it, index) => partsAt(source, [...path, index], it, depth + 1));
}

/** Several texts as one, each line with its own place. */
export function joinLines(parts: readonly Lines[]): Lines {
  const origin: Place[] = [];
  const kept: string[] = [];
  for (const part of parts) {
    const lines = part.text.replace(/\n$/, '').split('\n');
    for (const [index, line] of lines.entries()) {
      if (kept.length >= MOST_LINES) break;
      kept.push(line);
      origin.push(part.at(index + 1));
    }
  }
  return { text: kept.join('\n'), at: (line) => origin[line - 1] ?? origin.at(-1) ?? { path: '' } };
}
