/** JSON Schemas → TypeScript types, validators that need no ajv at run time, and the schemas themselves as data for `gonogo schema`. */
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { compile } from 'json-schema-to-typescript';
import { referencePointers, withoutShortForms } from '../expand-schema.ts';

const FOLDER = 'schemas';
const HEADER = '// Written by scripts/generate.ts from schemas/. Do not edit.\n';

type Schema = Readonly<Record<string, unknown>>;

/** All files derived from `schemas/`. */
export async function generateSchemas(): Promise<Record<string, string>> {
  const schemas = readSchemas();
  const files: Record<string, string> = {};
  for (const [name, schema] of Object.entries(schemas)) files[`src/generated/${name}.ts`] = await typesOf(name, schema);
  for (const name of Object.keys(schemas)) files[`src/generated/validate-${name}.js`] = validatorOf(name, schemas);
  for (const name of Object.keys(schemas)) files[`src/generated/validate-${name}.d.ts`] = DECLARATION;
  files['src/generated/schemas.ts'] =
    `${HEADER}\n/** The published schemas, as text, by name. */\nexport const SCHEMAS: Readonly<Record<string, string>> = ${JSON.stringify(texts(), null, 2)};\n`;
  const pointers = referencePointers(schemas.service ?? {});
  files['src/generated/references.ts'] =
    `${HEADER}\n/** JSON pointers of the manifest that hold a reference; \`*\` stands for any item or key. */\nexport const REFERENCE_POINTERS: readonly string[] = ${JSON.stringify(pointers, null, 2)};\n`;
  return files;
}

/** Every schema by name, e.g. `service`. */
export function readSchemas(): Record<string, Schema> {
  return Object.fromEntries(Object.entries(texts()).map(([name, text]) => [name, JSON.parse(text) as Schema]));
}

function texts(): Record<string, string> {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.schema.json'));
  return Object.fromEntries(
    files.sort().map((file) => [file.replace('.schema.json', ''), readFileSync(`${FOLDER}/${file}`, 'utf8')]),
  );
}

async function typesOf(name: string, schema: Schema): Promise<string> {
  const shape = name === 'service' ? withoutShortForms(schema) : schema;
  const body = await compile(structuredClone(shape) as never, String(schema.title), {
    bannerComment: HEADER,
    additionalProperties: false,
    cwd: `${process.cwd()}/${FOLDER}`,
    format: false,
    unreachableDefinitions: false,
  });
  return body;
}

const DECLARATION = [
  HEADER,
  "import type { ErrorObject } from 'ajv';",
  '/** The compiled schema: true when the data fits, else `errors` says why. */',
  'export declare const validate: { (data: unknown): boolean; errors?: readonly ErrorObject[] | null };',
  '',
].join('\n');

/**
 * Standalone code: loading and running it is about thirty times quicker than compiling the schema at run time. The manifest's
 * errors are explained from its schema and need no copy of it in every error, which is most of such code. They alone are all
 * collected: of other files the first is told, and a large file may have millions.
 */
function validatorOf(name: string, schemas: Readonly<Record<string, Schema>>): string {
  const ajv = new Ajv2020({
    allErrors: name === 'service',
    inlineRefs: false,
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
    verbose: name !== 'service',
    code: { source: true, esm: true },
    keywords: ['x-short'],
  });
  for (const schema of Object.values(schemas)) ajv.addSchema(schema);
  return `${HEADER}${withoutRequire(standalone.default(ajv, { validate: String(schemas[name]?.$id) }))}`;
}

/** Ajv's runtime functions are CommonJS and its standalone code requires them; an ES module imports them. */
function withoutRequire(code: string): string {
  const imports: string[] = [];
  const body = code.replace(
    /const (\w+) = require\("([^"]+)"\)(\.\w+)?;/g,
    (_, name: string, path: string, member = '') => {
      imports.push(`import ${name}Module from '${path}.js';`);
      const whole = `${name}Module`;
      // Node hands over a CommonJS module as it is; bundlers and test runners unwrap its default export.
      return `const ${name} = ${member ? `${whole}${member} ?? ${whole}` : whole};`;
    },
  );
  return [...imports, body].join('\n');
}
