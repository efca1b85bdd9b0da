/** Finds secrets that are written out in a chart's values, and those that values hand to a store. Names and places only. */
import { isNoSecret } from '../secrets/placeholder-secret.ts';
import { promisesSecret } from '../secrets/secret-name.ts';
import { isOpaque, type YamlDocument, type YamlPath } from '../yaml/yaml.ts';
import { type SecretUse, type SecretUses, secretUses } from './kubernetes-secrets.ts';

const DEPTH = 20;
/** Values that name variables and the keys of Kubernetes secrets they come from. */
const FROM_STORE =
  /^(?:namespace_?secrets|(?:external|sealed)_?secrets?|secret_?(?:refs?|envs?|keys?|mounts?|provider\w*)|env(?:_?from)?_?secrets?|existing_?secrets?)$/i;

/** Everything in one document of values. */
export function secretsInValues(document: YamlDocument): SecretUses {
  const { literals, references, unclear, placeholders } = secretUses(document);
  const more: SecretUse[] = [];
  const stores: SecretUse[] = [];
  const seen = new Set(literals.map(({ line }) => line));
  let held = placeholders;
  walk(document.value, []);
  return { literals: [...literals, ...more], references: [...references, ...stores], unclear, placeholders: held };

  function walk(value: unknown, path: YamlPath): void {
    if (path.length > DEPTH || typeof value !== 'object' || value === null || Array.isArray(value)) return;
    for (const [key, child] of Object.entries(value)) {
      const here = [...path, key];
      const line = document.at(here).line;
      if (FROM_STORE.test(key)) {
        if (typeof child === 'object' && child !== null && Object.keys(child).length > 0)
          stores.push({ name: key, by: 'values', line });
        continue;
      }
      if (typeof child === 'string' && promisesSecret(key) && !isOpaque(child) && !seen.has(line))
        note(key, child, line);
      walk(child, here);
    }
  }

  function note(name: string, value: string, line: number): void {
    // `secret: checkout-db` is the name of one.
    const named = /secrets?$/i.test(name) && /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(value);
    if (named) stores.push({ name: value, by: name, line });
    else if (/^(?:<path:|vault:|ref\+|ENC\[|\$|\/)/.test(value)) stores.push({ name, by: 'reference', line });
    else if (!isNoSecret(name, value)) more.push({ name, by: 'values', line });
    else if (value.trim() !== '') held += 1;
  }
}
