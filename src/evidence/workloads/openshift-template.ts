/** OpenShift's templates: `${PARAM}` filled in with the parameter's default, opaque where it has none. */
import { list, record, word } from '../plain-value.ts';
import { opaque, withoutMarks } from '../yaml/template-marks.ts';
import type { YamlPath } from '../yaml/yaml.ts';

/** A template's value with parameters filled in. */
export interface Filled {
  readonly value: unknown;
  /** Path of the parameter's default that fills in a value, in the template. */
  parameterAt(path: YamlPath): YamlPath | undefined;
}

interface Parameter {
  /** Its default; an empty one is there to be replaced. */
  readonly value: string | undefined;
  readonly path: YamlPath;
}

/** Fills in a whole template. */
export function filledTemplate(template: unknown): Filled {
  const parameters = new Map<string, Parameter>();
  for (const [index, entry] of list(record(template).parameters).entries()) {
    const { name, value } = record(entry);
    const key = word(name);
    const path = ['parameters', index, ...(value === undefined ? [] : ['value'])];
    if (key !== undefined) parameters.set(key, { value: word(value) || undefined, path });
  }
  const value = filled(template, parameters);
  return {
    value,
    parameterAt: (path) => {
      let written: unknown = template;
      for (const step of path) written = typeof step === 'number' ? list(written)[step] : record(written)[step];
      const name = typeof written === 'string' ? /\$\{\{?(\w+)\}?\}/.exec(withoutMarks(written))?.[1] : undefined;
      return name === undefined ? undefined : parameters.get(name)?.path;
    },
  };
}

function filled(value: unknown, parameters: ReadonlyMap<string, Parameter>): unknown {
  if (typeof value === 'string') return filledText(value, parameters);
  if (Array.isArray(value)) return value.map((item) => filled(item, parameters));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, filled(child, parameters)]));
}

/** `${{PARAM}}` keeps the type of what is filled in, which matters to no reader here. */
function filledText(text: string, parameters: ReadonlyMap<string, Parameter>): string {
  // Beside a Go template's actions the braces of `${{PARAM}}` were taken for one.
  return withoutMarks(text).replace(
    /\$\{\{(\w+)\}\}|\$\{(\w+)\}/g,
    (written, bare: string | undefined, quoted: string | undefined) => {
      const value = parameters.get(bare ?? quoted ?? '')?.value;
      return value ?? opaque(written);
    },
  );
}
