/** `npm run truth -- FOLDER [--labels FILE] [--only RULES] [--as-of DAY] [--all]`: how many answers about labelled real repositories are right. A measurement: it exits 0 whatever it finds, 2 on bad arguments. */
import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isDate } from '../src/dates.ts';
import { InputError } from '../src/input-error.ts';
import { parseLabels } from './truth/labels.ts';
import { measure } from './truth/measure.ts';
import { show } from './truth/show.ts';

const USAGE = 'npm run truth -- FOLDER [--labels FILE] [--only RULE,AREA] [--as-of YYYY-MM-DD] [--all]';

interface Arguments {
  readonly folder: string;
  readonly labels: string;
  readonly only: readonly string[];
  readonly asOf: string;
  readonly all: boolean;
}

function argumentsFrom(argv: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      labels: { type: 'string', default: 'labels.json' },
      only: { type: 'string', default: '' },
      'as-of': { type: 'string', default: new Date().toISOString().slice(0, 10) },
      all: { type: 'boolean', default: false },
    },
  });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0)
    throw new InputError('one folder of checkouts is needed', 'FOLDER', USAGE);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new InputError(`"${folder}" is no folder`, 'FOLDER', USAGE);
  if (!isDate(values['as-of'])) throw new InputError(`"${values['as-of']}" is not a day`, '--as-of', USAGE);
  const only = values.only.split(',').filter((it) => it !== '');
  return { folder, labels: values.labels, only, asOf: values['as-of'], all: values.all };
}

function labelsText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(`cannot read "${file}": ${(error as Error).message}`, '--labels', USAGE);
  }
}

try {
  const { folder, labels, only, asOf, all } = argumentsFrom(process.argv.slice(2));
  const labelled = parseLabels(labelsText(labels), labels);
  process.stdout.write(`${show(await measure(folder, labelled, { asOf, only }), all)}\n`);
} catch (error) {
  const bad = error instanceof InputError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  if (!bad) throw error;
  console.error((error as Error).message, error instanceof InputError ? `(${error.hint})` : `(${USAGE})`);
  process.exitCode = 2;
}
