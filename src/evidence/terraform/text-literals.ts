/** Text as Terraform takes it: escapes resolved, heredocs moved to the left. */

import { table } from '../../table.ts';
import type { Expression } from './syntax.ts';

const ESCAPES: Readonly<Record<string, string>> = table({ n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' });

/** The text of a quoted literal. */
export function unescaped(written: string): string {
  if (!/[\\$%]/.test(written)) return written;
  return written
    .replace(
      /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gs,
      (whole, short?: string, long?: string, one?: string) => {
        const code = Number.parseInt(short ?? long ?? '', 16);
        if (Number.isFinite(code)) return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
        return ESCAPES[one ?? ''] ?? whole;
      },
    )
    .replaceAll('$${', '${')
    .replaceAll('%%{', '%{');
}

/** The parts of a `<<-` heredoc without the spaces that all its lines begin with. */
export function dedented(parts: readonly Expression[]): readonly Expression[] {
  const indents: number[] = [];
  parts.forEach((part, index) => {
    if (part.form !== 'literal' || typeof part.value !== 'string') return;
    const lines = part.value.split('\n');
    lines.forEach((line, row) => {
      const begins = row > 0 || index === 0;
      const isLast = row === lines.length - 1;
      if (begins && (line.trim() !== '' || (isLast && index < parts.length - 1)))
        indents.push(/^ */.exec(line)?.[0].length ?? 0);
    });
  });
  const indent = indents.length > 0 ? Math.min(...indents) : 0;
  if (indent === 0) return parts;
  const spaces = ' '.repeat(indent);
  return parts.map((part, index) => {
    if (part.form !== 'literal' || typeof part.value !== 'string') return part;
    const lines = part.value.split('\n');
    const value = lines
      .map((line, row) => ((row > 0 || index === 0) && line.startsWith(spaces) ? line.slice(indent) : line))
      .join('\n');
    return { ...part, value };
  });
}
