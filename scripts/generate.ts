/** Writes everything that is derived: types and validators from schemas, registries from folders, checklists as data, rule docs. `--check` only compares the committed docs. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generateBrowserScripts } from './generate/browser.ts';
import { generateChecklists } from './generate/checklists.ts';
import { generateGrammars } from './generate/grammars.ts';
import { generateLifecycles } from './generate/lifecycles.ts';
import { generateRegistries } from './generate/registries.ts';
import { generateSchemas } from './generate/schemas.ts';

/** Path from the project's root → content. */
type Files = Readonly<Record<string, string>>;

function write(files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    if (readOrEmpty(path) === content) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function outdated(files: Files): readonly string[] {
  return Object.entries(files).flatMap(([path, content]) => (readOrEmpty(path) === content ? [] : [path]));
}

write(await generateSchemas());
write(generateRegistries());
write(generateGrammars());
write(await generateBrowserScripts());
write(generateChecklists());
write(generateLifecycles());
// What follows loads the checks and checklists just written.
write((await import('./generate/examples.ts')).generateExamples());
const docs = {
  ...(await import('./generate/manifest-docs.ts')).generateManifestDocs(),
  ...(await (await import('./generate/rule-docs.ts')).generateRuleDocs()),
  ...(await (await import('./generate/own-check-docs.ts')).generateOwnCheckDocs()),
  ...(await import('./generate/evidence-docs.ts')).generateEvidenceDocs(),
};
if (process.argv.includes('--check')) {
  const stale = outdated(docs);
  for (const path of stale)
    console.error(`${path} does not match the checklists and checks: run \`npm run generate\` and commit it.`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  write(docs);
}
