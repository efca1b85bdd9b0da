/** Reads a report that `check --format json` wrote: validated whole, because anybody may have changed it since. */
import { validate } from '../generated/validate-report.js';
import { InputError } from '../input-error.ts';
import { describeError } from '../manifest/parse.ts';
import type { Report } from '../model.ts';
import { readOperatorFile } from './options.ts';

/** The report in a file; what is none is the user's error. */
export function readReport(file: string): Report {
  const hint = 'give a file that `gonogo check --format json=FILE` wrote';
  const value = jsonIn(readOperatorFile(file, file), file, hint);
  if (validate(value)) return value as Report;
  const { message, pointer } = describeError(validate.errors?.[0]);
  throw new InputError(`"${file}" is no report: ${message}${pointer && ` at ${pointer}`}`, file, hint);
}

function jsonIn(text: string, file: string, hint: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError(`"${file}" is no report: it is not JSON`, file, hint);
  }
}
