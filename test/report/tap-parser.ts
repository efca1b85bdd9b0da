/** A strict reader of TAP 14 without subtests: whatever the specification does not say is an error. */
import { parse } from 'yaml';

/** One test point. */
export interface TapPoint {
  readonly ok: boolean;
  readonly description: string;
  readonly directive?: 'SKIP' | 'TODO';
  readonly reason?: string;
  diagnostics?: Readonly<Record<string, unknown>>;
}

/** Reads a document; throws at the first line that is none of TAP's. */
export function parseTap(text: string): { readonly points: readonly TapPoint[]; readonly skippedWhole?: string } {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  const [version, plan = '', ...lines] = text.slice(0, -1).split('\n');
  if (version !== 'TAP version 14') throw new Error(`no version: ${version}`);
  const [, count, , reason] = /^1\.\.(\d+)( # SKIP (.*))?$/.exec(plan) ?? [];
  if (count === undefined) throw new Error(`no plan: ${plan}`);
  const points: TapPoint[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line === '  ---') {
      const end = lines.indexOf('  ...', index);
      const last = points.at(-1);
      if (end < 0 || !last || last.diagnostics) throw new Error(`a block of YAML at line ${index + 3} is out of place`);
      const block = lines.slice(index + 1, end);
      if (block.some((it) => !it.startsWith('  '))) throw new Error('a block of YAML is not indented');
      last.diagnostics = parse(block.map((it) => it.slice(2)).join('\n'), { strict: true });
      index = end;
    } else points.push(point(line, points.length + 1));
  }
  if (points.length !== Number(count)) throw new Error(`${count} points are planned, ${points.length} are there`);
  return { points, ...(reason !== undefined && { skippedWhole: reason }) };
}

function point(line: string, number: number): TapPoint {
  const [, not, id, rest = ''] = /^(not )?ok (\d+) - (.*)$/.exec(line) ?? [];
  if (Number(id) !== number) throw new Error(`no test point ${number}: ${line}`);
  const [description = '', ...directives] = rest.split(/(?<=(?:^|[^\\])(?:\\\\)*) # /);
  if (directives.length > 1) throw new Error(`two directives: ${line}`);
  const [, word, reason = ''] = /^(SKIP|TODO) (.*)$/.exec(directives[0] ?? '') ?? [];
  if (directives.length === 1 && word === undefined) throw new Error(`no directive: ${line}`);
  const said = word === undefined ? {} : { directive: word as 'SKIP' | 'TODO', reason: unescaped(reason) };
  return { ok: not === undefined, description: unescaped(description), ...said };
}

function unescaped(text: string): string {
  if (/(?:^|[^\\])(?:\\\\)*#/.test(text)) throw new Error(`a bare hash: ${text}`);
  if (/\\(?![\\#])/.test(text.replaceAll('\\\\', ''))) throw new Error(`an unknown escape: ${text}`);
  return text.replace(/\\([\\#])/g, '$1');
}
