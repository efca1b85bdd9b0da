/** The reports on the sample services, judged from disk on the day of all samples. */

import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Report } from '../../src/model.ts';
import { diskRepo, findRepositoryRoot } from '../../src/repo/disk.ts';
import { judgeRepository } from '../../src/run.ts';
import { YARDSTICK } from '../yardstick.ts';

/** One report a folder of fixtures/services. */
export async function serviceReports(): Promise<readonly Report[]> {
  const reports: Report[] = [];
  for (const name of readdirSync('fixtures/services')) {
    const { root, dir } = findRepositoryRoot(resolve('fixtures/services', name));
    reports.push(await judgeRepository({ repo: diskRepo(root), dir, rootNamed: () => undefined }, YARDSTICK));
  }
  return reports;
}
