/** The list of dependencies in Chart.yaml, Chart.lock, and the two requirements files of older charts. */
import { hasMarks } from '../../yaml/template-marks.ts';
import { parseYaml } from '../../yaml/yaml.ts';
import { linesOf, rangeOf } from '../words.ts';

/** One chart of the list. Undefined is what is missing, empty or a template's. */
export interface ChartDependency {
  readonly name?: string;
  readonly version?: string;
  /** Empty where none is given; undefined where it is not understood. */
  readonly repository?: string;
  readonly line: number;
}

/** Most entries, and the longest text, in which a list is looked for. */
const MOST = 1_000;
const LONGEST = 200_000;

/** Empty where there are none; undefined where the text is no such file. */
export function dependenciesIn(text: string): readonly ChartDependency[] | undefined {
  const [document] = text.length > LONGEST ? [] : parseYaml(text).documents;
  const root = document?.value;
  if (!document || typeof root !== 'object' || root === null || Array.isArray(root)) return undefined;
  const list: unknown = 'dependencies' in root ? root.dependencies : [];
  if (!('dependencies' in root || 'digest' in root || 'apiVersion' in root || 'name' in root)) return undefined;
  if (list === null) return [];
  if (!Array.isArray(list) || list.length > MOST) return undefined;
  const lines = linesOf(text);
  return list.map((entry: unknown, index) => {
    const members = new Map(typeof entry === 'object' && entry !== null ? Object.entries(entry) : []);
    const said = (key: string): string | undefined => {
      const value: unknown = members.get(key);
      if (typeof value === 'number') return written(lines[document.at(['dependencies', index, key]).line - 1], key);
      return typeof value === 'string' && !hasMarks(value) ? rangeOf(value) : undefined;
    };
    const [name, version] = [said('name') || undefined, said('version') || undefined];
    const repository = (members.get('repository') ?? '') === '' ? '' : said('repository');
    const { line } = document.at(['dependencies', index]);
    return {
      line,
      ...(name && { name }),
      ...(version && { version }),
      ...(repository !== undefined && { repository }),
    };
  });
}

/** `1.10` is a number that would lose its zero. */
function written(line: string | undefined, key: string): string | undefined {
  const at = line?.indexOf(`${key}:`) ?? -1;
  return at === -1 ? undefined : /^\s*([\d.]{1,20})/.exec(line?.slice(at + key.length + 1) ?? '')?.[1];
}
