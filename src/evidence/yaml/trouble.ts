/** Says of YAML that could not be read in full where that begins and why, in words for whoever wrote it. */
import type { Place, Unread } from '../../model.ts';
import type { Position, YamlFile } from './yaml.ts';

/** The first thing that could not be read; what follows it may be its consequence. */
export function yamlTrouble(
  parsed: Pick<YamlFile, 'errors' | 'templated'> | undefined,
  at: (position: Position) => Place,
): readonly Unread[] {
  const [error] = parsed?.errors ?? [];
  if (!parsed || !error) return [];
  return parsed.templated
    ? [
        {
          at: at(error),
          reason: 'template',
          detail: `it is YAML only once its template is rendered (${error.message})`,
        },
      ]
    : [{ at: at(error), reason: 'invalid-syntax', detail: error.message }];
}
