/** A report that was written as JSON, read again: held against the published schema, and refused in one sentence where it is anything else. Pure. */
import { validate } from './generated/validate-report.js';
import { InputError } from './input-error.ts';
import { describeError } from './manifest/describe-error.ts';
import type { Report } from './model.ts';

/** Most bytes that are taken for a report; one of hundreds of services with all their packages is smaller. */
export const MOST_REPORT_BYTES = 64 * 1024 * 1024;

const VERSION: Report['schemaVersion'] = 1;
const WAY_OUT = 'give a file that `gonogo check --format json=FILE` wrote';

/** The report in some bytes, or undefined where there were too many; `name` is what messages call the file. */
export function readReport(bytes: Uint8Array | undefined, name: string): Report {
  if (bytes === undefined)
    throw new InputError(`"${name}" is larger than ${MOST_REPORT_BYTES / 1024 / 1024} MB`, name, WAY_OUT);
  const data = parsed(textOf(bytes, name), name);
  refuseVersion(data, name);
  if (validate(data)) return data as Report;
  const { message, pointer } = describeError(validate.errors?.[0]);
  const what = `"${name}" does not fit the schema of reports: ${message}`;
  throw new InputError(
    what,
    `${name}#${pointer}`,
    '`gonogo schema report` prints the schema; check wrote no such file',
  );
}

function textOf(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(
      `"${name}" is not in UTF-8`,
      name,
      'let gonogo write the file, with --format json=FILE: some shells change what goes through `>`',
    );
  }
}

function parsed(text: string, name: string): unknown {
  if (text.trim() === '') throw new InputError(`"${name}" is empty`, name, WAY_OUT);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const said = (error as SyntaxError).message;
    const words = said.replace(/ in JSON at position [\s\S]*$| is not valid JSON$/, '');
    throw new InputError(`"${name}" is no JSON: ${words}`, `${name}${lineIn(text, said)}`, WAY_OUT);
  }
}

/** `:line:column` where the engine says how far it came; not every one does. */
function lineIn(text: string, said: string): string {
  const [, offset] = /at position (\d+)/.exec(said) ?? [];
  if (offset === undefined) return '';
  const before = text.slice(0, Number(offset)).split('\n');
  return `:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

/** What a later gonogo writes may fit no schema of today; that is no fault of the file. */
function refuseVersion(data: unknown, name: string): void {
  const version: unknown = typeof data === 'object' && data !== null && 'schemaVersion' in data && data.schemaVersion;
  if (version === VERSION) return;
  if (typeof version !== 'number') throw new InputError(`"${name}" is no report of gonogo`, name, WAY_OUT);
  const what = `"${name}" is a report of version ${version}, and this gonogo reads version ${VERSION}`;
  throw new InputError(what, name, version > VERSION ? 'install a newer gonogo' : WAY_OUT);
}
