/** Exceptions in TOML: osv-scanner.toml, cargo-deny's deny.toml and cargo-audit's audit.toml. Comments are read, because the lists of the last two have no room for a reason. */
import { parse } from 'smol-toml';
import { list, record } from '../../plain-value.ts';
import { quotedLines } from '../quoted-lines.ts';
import { ecosystemNamed, optional, text } from '../values.ts';
import type { Noted, NotedExceptions } from './exception.ts';
import { commentAt, ending, saidIn } from './said.ts';

type Members = Readonly<Record<string, unknown>>;

/** The file's own words: values have no positions, and comments are no values. */
interface Source {
  readonly lines: readonly string[];
  /** First line with a text between quotes, from 1. */
  lineOf(text: string): number;
}

/** After google/osv-scanner, docs/configuration.md. */
export function readOsvScannerToml(file: string): NotedExceptions {
  return parsed(file, (value, source) => {
    const ignored = list(value.IgnoredVulns).map(record);
    const overrides = list(value.PackageOverrides).map(record).filter(ignores);
    return {
      found: [...ignored.map((it) => vulnerability(it, source)), ...overrides.map((it) => override(it, source))],
    };
  });
}

function vulnerability(it: Members, source: Source): Noted | undefined {
  const id = text(it.id);
  if (id === undefined) return undefined;
  const line = source.lineOf(id);
  return { id, ...said(it.reason, source, line), ...ending(it.ignoreUntil), line };
}

/** Only what switches off the look for vulnerabilities. */
function ignores(it: Members): boolean {
  return it.ignore === true || record(it.vulnerability).ignore === true;
}

function override(it: Members, source: Source): Noted {
  const [name, ecosystem] = [text(it.name), text(it.ecosystem)];
  const line = source.lineOf(name ?? ecosystem ?? '');
  return {
    id: name === undefined ? `every package of ${ecosystemNamed(ecosystem) ?? ecosystem ?? 'every ecosystem'}` : '*',
    ...optional('package', name),
    ...optional('version', it.version),
    ...said(it.reason, source, line),
    ...ending(it.effectiveUntil),
    line,
  };
}

/** `[advisories] ignore` of cargo-deny and cargo-audit: ids, or tables with an id and a reason. */
export function readCargoToml(file: string): NotedExceptions {
  return parsed(file, (value, source) => {
    const entries = list(record(value.advisories).ignore);
    return {
      found: entries.map((entry): Noted | undefined => {
        const { id: named, crate, reason } = record(entry);
        const [id, its] = [text(typeof entry === 'string' ? entry : named), text(crate)];
        if (id === undefined && its === undefined) return undefined;
        const line = source.lineOf(id ?? its ?? '');
        const [name, version] = its?.split(/@/) ?? [];
        return {
          id: id ?? '*',
          ...optional('package', name),
          ...optional('version', version),
          ...said(reason, source, line),
          line,
        };
      }),
    };
  });
}

function parsed(
  file: string,
  read: (value: Members, source: Source) => { readonly found: readonly (Noted | undefined)[] },
): NotedExceptions {
  try {
    const { found } = read(record(parse(file)), { lines: file.split('\n'), lineOf: quotedLines(file) });
    const exceptions = found.flatMap((it) => it ?? []);
    return { exceptions, left: found.length - exceptions.length };
  } catch (error) {
    const [first = 'it is no TOML'] = error instanceof Error ? error.message.split('\n') : [];
    return { exceptions: [], left: 0, broken: first.slice(0, 200) };
  }
}

/** A field's own reason, else the comment beside or above it; who and until when may be in either. */
function said(reason: unknown, { lines }: Source, line: number) {
  return { ...saidIn(commentAt(lines, line - 1)), ...saidIn(reason) };
}
