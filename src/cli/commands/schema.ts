/** `gonogo schema`: prints one of the published JSON Schemas. */
import { SCHEMAS } from '../../generated/schemas.ts';
import { InputError } from '../../input-error.ts';
import { nearest } from '../../nearest.ts';
import { print } from '../streams.ts';

/** Prints the schema as it is shipped. */
export function schema(name: string): void {
  const text = Object.hasOwn(SCHEMAS, name) ? SCHEMAS[name] : undefined;
  if (text === undefined) {
    const close = nearest(name, Object.keys(SCHEMAS));
    throw new InputError(
      `there is no schema "${name}"`,
      'schema',
      close ? `did you mean "${close}"?` : `schemas: ${Object.keys(SCHEMAS).join(', ')}`,
    );
  }
  print(text);
}
