/** What a problem is about, apart from where its file lies and which line it stands on: two that are alike may be one that moved. Pure. */
import type { ReportedProblem } from '../model.ts';

/** A figure on its own, with or without a unit: `12`, `30s`, `2026-11-16`, `91.5%`. */
const FIGURE = /^[<>≤≥=~]?\d[\d.,:/_-]*\p{L}{0,2}%?$/u;
/** A version behind a name, as in `acme/scan@v2.1` and `golang:1.22-alpine`, or a line behind a path. */
const BEHIND = /[@:]v?\d[\w.+:-]*/g;
/** What may stand around a word without being of it. */
const AROUND = /^["'`([{<]+|["'`)\]}>.,;:!?]+$/g;

/**
 * One text for all problems that say the same of the same subject, wherever that lies below the service's folder. What has no place
 * says all by its words: its subject is only what the check looked for, and depends on how far it came.
 */
export function likeness({ message, subject = '', at }: ReportedProblem, dir: string): string {
  const texts = at ? [subject, message] : [message];
  return texts.map((text) => loosened(text, at?.path ?? '', dir)).join('\0');
}

/** The text without its own file's path and name, the service's folder, numbers of lines, and figures and versions, which change while the problem stays. */
function loosened(text: string, path: string, dir: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  // A word may go on behind a path, as in `docs/a.md#heading`; a path of one plain word may be any word.
  return withoutLines((/[/.]/.test(path) ? text.replaceAll(path, '…') : text).replace(BEHIND, ''))
    .split(/\s+/)
    .map((word) => {
      const bare = word.replace(AROUND, '');
      if (bare !== '' && (bare === path || bare === name)) return '…';
      if (FIGURE.test(bare)) return '#';
      return dir !== '' && bare.startsWith(`${dir}/`) ? bare.slice(dir.length + 1) : bare;
    })
    .join(' ');
}

/** A text without line and column behind a path, but with the versions behind a name, and without the numbers of lines that it speaks of. */
export function withoutLines(text: string): string {
  return text.replace(/:\d+(:\d+)?(?![.+-]?\w)/g, '').replace(/\b(lines?) \d+/g, '$1');
}
