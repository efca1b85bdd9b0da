/** One validator's error as one sentence, for files other than the manifest. */
import type { ErrorObject } from 'ajv';
import { nearest } from '../nearest.ts';
import { below, member, spoken } from './pointer.ts';
import type { SchemaNode } from './schema-walk.ts';
import { foundWords, nodeWords } from './schema-words.ts';

/** What is wrong, and the JSON pointer of the key where. The validator has to be verbose. */
export interface Described {
  readonly message: string;
  readonly pointer: string;
}

/** Describes an error; something can be said about none at all, too. */
export function describeError(error: ErrorObject | undefined): Described {
  if (!error) return { message: 'it does not fit the schema', pointer: '' };
  const { instancePath: at, keyword, params } = error;
  const where = spoken(at) === '' ? 'the file' : `\`${spoken(at)}\``;
  const schema = (error.parentSchema ?? {}) as SchemaNode;
  if (keyword === 'additionalProperties') {
    const key = String(params.additionalProperty);
    const close = nearest(key, Object.keys(schema.properties ?? {}));
    return {
      message: `${where} has no key \`${key}\`${close ? `; did you mean \`${close}\`?` : ''}`,
      pointer: below(at, key),
    };
  }
  if (keyword === 'required')
    return { message: `${where} has no \`${String(params.missingProperty)}\`, which it needs`, pointer: at };
  if (member(schema, keyword) === undefined)
    return { message: `${where} ${error.message ?? 'does not fit the schema'}`, pointer: at };
  return { message: `${where} has to be ${nodeWords(schema)}; found ${foundWords(error.data)}`, pointer: at };
}
