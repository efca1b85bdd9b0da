/** The lines of pip's requirements and constraints files: what each asks for, without judging whether it fixes anything. */

import { normalised, type PythonRequirement, pythonRequirement } from './pep508.ts';
import { perText } from './per-text.ts';
import { plainText } from './plain-text.ts';

/** One line, with those that continue it. */
export type RequirementLine = { readonly line: number } & (
  | {
      readonly kind: 'package';
      readonly asks: PythonRequirement;
      readonly isHashed: boolean;
      readonly via: readonly string[];
    }
  | { readonly kind: 'include' | 'constraint'; readonly path: string }
  | { readonly kind: 'index'; readonly address: string; readonly isExtra: boolean }
  | { readonly kind: 'option' }
  /** A folder or file of the repository; a wheel has a name. */
  | { readonly kind: 'path'; readonly name?: string }
  | { readonly kind: 'strange'; readonly text: string }
);

/** A file, read. */
export interface RequirementsFile {
  readonly lines: readonly RequirementLine[];
  /** Comments above the first line. */
  readonly header: readonly string[];
  /** Names that a compiler lists in comments because it did not fix them. */
  readonly unfixed: readonly { readonly name: string; readonly line: number }[];
}

interface Logical {
  readonly text: string;
  readonly line: number;
  readonly comments: string[];
}

/** Reads a file. */
export const readRequirementLines = perText(({ text }) => walk(text));

function walk(text: string): RequirementsFile {
  const header: string[] = [];
  const unfixed: { name: string; line: number }[] = [];
  const logicals: Logical[] = [];
  let isListing = false;
  let open: { parts: string[]; line: number } | undefined;
  for (const [index, raw] of plainText(text).split('\n').entries()) {
    const trimmed = raw.trim();
    const comment = trimmed.startsWith('#') ? trimmed.slice(1).trim() : undefined;
    if (comment !== undefined && open === undefined) {
      if (logicals.length === 0) header.push(comment);
      logicals.at(-1)?.comments.push(comment);
      // Notes of who asks are indented.
      const name = isListing ? /^# ([A-Za-z0-9][\w.-]*)\s*$/.exec(raw)?.[1] : undefined;
      if (name !== undefined) unfixed.push({ name: normalised(name), line: index + 1 });
      if (/^(?:WARNING: )?The following packages (?:were not pinned|are considered to be unsafe)/.test(comment))
        isListing = true;
      continue;
    }
    const [code, note] = withoutComment(trimmed);
    const continues = code.endsWith('\\');
    open ??= { parts: [], line: index + 1 };
    open.parts.push(continues ? code.slice(0, -1) : code);
    if (continues) continue;
    const whole = open.parts.join(' ').trim();
    if (whole !== '') logicals.push({ text: whole, line: open.line, comments: note === '' ? [] : [note] });
    open = undefined;
  }
  const rest = open?.parts.join(' ').trim() ?? '';
  if (open && rest !== '') logicals.push({ text: rest, line: open.line, comments: [] });
  return { lines: logicals.map(lineOf), header, unfixed };
}

function withoutComment(line: string): readonly [code: string, comment: string] {
  const at = line.startsWith('#') ? 0 : line.search(/\s#/);
  return at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at).replace(/^[\s#]+/, '')];
}

const OPTION = /^(--?[a-z][a-z-]*)(?:\s+|=|$)/;

function lineOf({ text, line, comments }: Logical): RequirementLine {
  const option = OPTION.exec(text);
  const name = option?.[1];
  const value = text.slice(option?.[0].length ?? 0).trim();
  if (name === '-r' || name === '--requirement') return { kind: 'include', path: value, line };
  if (name === '-c' || name === '--constraint') return { kind: 'constraint', path: value, line };
  if (name === '-i' || name === '--index-url' || name === '--extra-index-url') {
    return { kind: 'index', address: value, isExtra: name === '--extra-index-url', line };
  }
  const isEditable = name === '-e' || name === '--editable';
  if (name !== undefined && !isEditable) return { kind: 'option', line };
  // pip takes options after a requirement, e.g. the hashes that its files may have.
  const at = value.search(/\s--[a-z]/);
  const asked = (at < 0 ? value : value.slice(0, at)).trim();
  return { line, ...asking(asked, at >= 0 && value.includes('--hash', at), viaOf(comments)) };
}

type Asking =
  | Omit<Extract<RequirementLine, { kind: 'package' }>, 'line'>
  | { readonly kind: 'path'; readonly name?: string }
  | { readonly kind: 'strange'; readonly text: string };

function asking(text: string, isHashed: boolean, via: readonly string[]): Asking {
  if (/^(?:[a-z]+\+)?[a-z]+:/i.test(text)) return ofAddress(text, isHashed, via);
  if (/^[.~/\\]|^[^\s=<>!@;[]*[/\\]|^[^\s@]*\.(?:whl|zip|tar\.gz)$/.test(text)) return ofPath(text);
  const asks = pythonRequirement(text);
  if (asks === undefined) return { kind: 'strange', text };
  return asks.url !== undefined && /^(?:file:|[./])/.test(asks.url)
    ? { kind: 'path', name: asks.name }
    : { kind: 'package', asks, isHashed, via };
}

/** An address says the name behind `#egg=`. */
function ofAddress(text: string, isHashed: boolean, via: readonly string[]): Asking {
  if (text.startsWith('file:')) return ofPath(text);
  const name = /[#&]egg=([A-Za-z0-9][\w.-]*)/.exec(text)?.[1];
  const [url = ''] = text.split(/\s/);
  if (name === undefined) return { kind: 'strange', text };
  return { kind: 'package', asks: { name: normalised(name), extras: [], range: '*', url }, isHashed, via };
}

function ofPath(text: string): Asking {
  const wheel = /(?:^|[/\\])([A-Za-z0-9][\w.]*)-[^/\\]*\.whl$/.exec(text)?.[1];
  return { kind: 'path', ...(wheel !== undefined && { name: normalised(wheel) }) };
}

/** What compilers note about who asks: `via a`, or `via` and a line each. */
function viaOf(comments: readonly string[]): readonly string[] {
  const at = comments.findIndex((it) => /^via\b/.test(it));
  if (at < 0) return [];
  const [first = '', ...more] = comments.slice(at);
  const sameLine = first.slice(3).trim();
  const end = more.findIndex((it) => it === '' || /^The following packages|^WARNING/.test(it));
  const lines = sameLine === '' ? more.slice(0, end < 0 ? undefined : end) : sameLine.split(/,\s*/);
  return lines.map((it) => it.trim()).filter((it) => it !== '');
}
