/** The reports of the sample services, as their goldens hold them. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Report } from '../../src/model.ts';

const FOLDER = 'test/services/__golden__';

/** Name and report of each. */
export const SAMPLE_SERVICES: readonly (readonly [name: string, report: Report])[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => [file, JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as Report]);
