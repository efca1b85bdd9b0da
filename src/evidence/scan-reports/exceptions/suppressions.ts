/** Suppressions of OWASP dependency-check, in XML. After jeremylong/DependencyCheck, dependency-suppression.1.3.xsd. By lines and tags, without a parser. */
import { packageOf } from '../package-url.ts';
import { optional, text } from '../values.ts';
import type { Noted, NotedExceptions } from './exception.ts';
import { ending, saidIn } from './said.ts';

const MOST = 5000;

/** Whether a text is such a file. */
export function isSuppressions(source: string): boolean {
  return source.slice(0, 4000).includes('dependency-suppression');
}

/** One exception for each vulnerability that an entry names. */
export function readSuppressions(source: string): NotedExceptions {
  const exceptions: Noted[] = [];
  let left = 0;
  let from = 0;
  let line = 1;
  const plain = withoutComments(source);
  for (let count = 0; count < MOST; count += 1) {
    const start = plain.indexOf('<suppress', from);
    if (start < 0) return { exceptions, left };
    const end = plain.indexOf('</suppress>', start);
    line += linesIn(plain, from, start);
    from = start + 1;
    // The element around all of them begins alike.
    if (/[\w]/.test(plain[start + '<suppress'.length] ?? '')) continue;
    if (end < 0) return { exceptions, left: left + 1 };
    const found = suppressionIn(plain.slice(start, Math.min(end, start + 20_000)), line);
    if (found.length === 0) left += 1;
    exceptions.push(...found);
    line += linesIn(plain, from, end);
    from = end;
  }
  return { exceptions, left: left + 1 };
}

function suppressionIn(entry: string, line: number): readonly Noted[] {
  const [, until] = /^<suppress\b[^>]{0,500}\buntil="([^"]{0,40})"/.exec(entry) ?? [];
  const notes = valuesOf('notes', entry).join(' ');
  const [url] = valuesOf('packageUrl', entry);
  const named = packageOf(
    url
      ?.replace(/^\^|\$$/g, '')
      .replace(/\\/g, '')
      .replace(/@\.\*$/, ''),
  );
  const isPlainName = named !== undefined && !/[*()|[\]+?]/.test(named.name);
  const about = {
    ...(isPlainName && optional('package', named.name)),
    ...saidIn(notes.replace(/<!\[CDATA\[|\]\]>|<\/?\w{1,30}>/g, '')),
    ...(until !== undefined && ending(until)),
    line,
  };
  const ids = [...valuesOf('cve', entry), ...valuesOf('vulnerabilityName', entry)].flatMap((it) => text(it) ?? []);
  if (ids.length > 0) return ids.map((id) => ({ id, ...about }));
  const whole = valuesOf('cpe', entry)[0] ?? valuesOf('cvssBelow', entry)[0];
  return whole === undefined ? [] : [{ id: `whatever fits ${text(whole) ?? 'a pattern'}`, ...about }];
}

function valuesOf(tag: string, entry: string): readonly string[] {
  const values: string[] = [];
  for (let at = entry.indexOf(`<${tag}`); at >= 0; at = entry.indexOf(`<${tag}`, at + 1)) {
    const open = entry.indexOf('>', at);
    const close = entry.indexOf(`</${tag}>`, open);
    if (open < 0 || close < 0) break;
    values.push(entry.slice(open + 1, close));
  }
  return values;
}

/** Comments become spaces, so that lines stay where they are. */
function withoutComments(source: string): string {
  let plain = '';
  let from = 0;
  for (let start = source.indexOf('<!--'); start >= 0; start = source.indexOf('<!--', from)) {
    const end = source.indexOf('-->', start);
    const stop = end < 0 ? source.length : end + 3;
    plain += source.slice(from, start) + source.slice(start, stop).replace(/[^\n]/g, ' ');
    from = stop;
  }
  return plain + source.slice(from);
}

function linesIn(source: string, from: number, to: number): number {
  let count = 0;
  for (let at = source.indexOf('\n', from); at >= 0 && at < to; at = source.indexOf('\n', at + 1)) count += 1;
  return count;
}
