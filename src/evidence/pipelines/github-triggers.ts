/** When a workflow of GitHub Actions starts: `on`, as a word, a list or a map. */
import type { Place } from '../../model.ts';
import { table } from '../../table.ts';
import { list, record, word } from '../plain-value.ts';
import type { YamlDocument, YamlPath } from '../yaml/yaml.ts';
import type { Trigger } from './pipeline.ts';

const BEFORE_MERGE = /^(?:pull_request|pull_request_target|pull_request_review|merge_group)$/;
/** Activities of a pull request with which new code arrives. */
const NEW_CODE = /^(?:opened|synchronize|reopened|ready_for_review|submitted|edited|checks_requested)$/;

const OTHERS: Readonly<Record<string, Trigger['on']>> = table({
  schedule: 'schedule',
  workflow_dispatch: 'manual',
  workflow_call: 'called',
  release: 'tag',
});

/** All triggers of a workflow. `at` places a path of the document. */
export function triggersOf(document: YamlDocument, at: (path: YamlPath) => Place): readonly Trigger[] {
  const { on } = record(document.value);
  if (typeof on === 'string') return trigger(on, {}, at(['on']));
  if (Array.isArray(on)) return list(on).flatMap((it, index) => trigger(word(it) ?? '', {}, at(['on', index])));
  return Object.entries(record(on)).flatMap(([name, settings]) => trigger(name, record(settings), at(['on', name])));
}

function trigger(name: string, settings: Readonly<Record<string, unknown>>, at: Place): readonly Trigger[] {
  const paths = [...words(settings.paths), ...words(settings['paths-ignore']).map((it) => `!${it}`)];
  const branches = [...words(settings.branches), ...words(settings['branches-ignore']).map((it) => `!${it}`)];
  if (BEFORE_MERGE.test(name)) {
    const types = words(settings.types);
    const isNew = types.length === 0 || types.some((type) => NEW_CODE.test(type));
    return [
      {
        on: isNew ? 'change' : 'other',
        branches,
        paths,
        at,
        ...(name === 'pull_request_target' && { privileged: true }),
      },
    ];
  }
  if (name === 'push') return pushed(settings, branches, paths, at);
  if (name === 'workflow_run')
    return [
      {
        on: 'other',
        branches,
        paths: [],
        after: words(settings.workflows),
        at,
        ...(branches.length === 0 && { privileged: true }),
      },
    ];
  return [{ on: OTHERS[name] ?? 'other', branches: [], paths: [], at }];
}

/** Tags alone start it for tags only; branches alone for branches only; neither or both for both. */
function pushed(
  settings: Readonly<Record<string, unknown>>,
  branches: readonly string[],
  paths: readonly string[],
  at: Place,
): readonly Trigger[] {
  const tags = [...words(settings.tags), ...words(settings['tags-ignore']).map((it) => `!${it}`)];
  const push: Trigger = { on: 'push', branches, paths, at };
  const tag: Trigger = { on: 'tag', branches: [], paths, at };
  if (tags.length > 0) return branches.length > 0 ? [push, tag] : [tag];
  return [push];
}

function words(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((it) => word(it) ?? []);
}
