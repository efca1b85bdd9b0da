/** Reads a manifest from text as the program does, with a validator compiled from the schema on the spot. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { readManifest, type Validate } from '../../src/manifest/read.ts';
import { memoryRepo } from '../../src/repo/memory.ts';

/** The four keys that every manifest has; one line each, so that what follows begins on line 5. */
export const HEAD = 'apiVersion: gonogo/v1\nkind: Service\nname: fx-rates\ntier: 3\n';

export const AS_OF = '2026-09-01';

export const validate: Validate = new Ajv2020({
  strict: true,
  allErrors: true,
  allowUnionTypes: true,
  keywords: ['x-short'],
}).compile(JSON.parse(readFileSync('schemas/service.schema.json', 'utf8')));

/** The manifest that a text is. */
export function read(text: string, path = 'gonogo.yaml'): Manifest {
  return readManifest(memoryRepo({ files: { [path]: text } }), path, AS_OF, validate);
}

/** Problems as `line:column message → fix`. */
export function problems(text: string, path?: string): readonly string[] {
  return read(text, path).problems.map(({ at, message, fix }) => `${at.line}:${at.column} ${message} → ${fix}`);
}

/** What is wrong with a manifest that has the four keys and this. */
export function wrongWith(rest: string): readonly string[] {
  return problems(HEAD + rest);
}
