/** The variables of a container's environment: names, and where their values come from. Never keeps the value of a secret. */
import { list, record, word } from '../plain-value.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import type { ManifestObject } from './manifest-object.ts';
import { isPlaceholder, valueAt } from './object-value.ts';
import type { EnvVar } from './workload.ts';

/** Names that promise a secret, and endings by which a name only says where one is. */
const SECRET = /(password|passwd|secret|token|api_?key|private_?key|access_?key|credentials?)$/i;

/** Variables by name, and what comes in whole from a ConfigMap or a Secret, under the name `*`. */
export function envOf(object: ManifestObject, container: YamlPath): readonly EnvVar[] {
  const named = list(valueAt(object, [...container, 'env'])).flatMap((entry, index): readonly EnvVar[] => {
    const name = word(record(entry).name);
    if (name === undefined) return [];
    const path = [...container, 'env', index];
    const isFilled = object.via([...path, 'value']) === 'values';
    return [{ name, ...sourceOf(name, record(entry)), ...(isFilled && { via: 'values' }), at: object.at(path) }];
  });
  const whole = list(valueAt(object, [...container, 'envFrom'])).map((entry, index): EnvVar => {
    const from = 'secretRef' in record(entry) ? 'secret' : 'configMapRef' in record(entry) ? 'config' : 'opaque';
    return { name: '*', from, at: object.at([...container, 'envFrom', index]) };
  });
  return [...named, ...whole];
}

function sourceOf(name: string, entry: Readonly<Record<string, unknown>>): Pick<EnvVar, 'value' | 'from'> {
  const from = record(entry.valueFrom);
  if ('secretKeyRef' in from) return { from: 'secret' };
  if ('configMapKeyRef' in from) return { from: 'config' };
  if ('fieldRef' in from || 'resourceFieldRef' in from) return { from: 'field' };
  const value = word(entry.value);
  if (value === undefined || isPlaceholder(value)) return { from: 'opaque' };
  if (promisesSecret(name)) return { from: value === '' ? 'literal' : 'literal-secret' };
  return { from: 'literal', value: value.slice(0, 300) };
}

/** Whether a variable's name says that its value is a secret. */
export function promisesSecret(name: string): boolean {
  return SECRET.test(name);
}
