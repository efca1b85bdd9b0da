/** Writes the library's type declarations to dist/types, with imports that a consumer's compiler can follow. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'dist/types';

execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json'], { stdio: 'inherit' });
for (const file of readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((it) => it.endsWith('.d.ts'))) {
  const path = join(FOLDER, file);
  // The compiler leaves the endings of the sources, which are not shipped.
  writeFileSync(path, readFileSync(path, 'utf8').replace(/(from '|import\(')(\.[^']*)\.ts'/g, "$1$2.js'"));
}
