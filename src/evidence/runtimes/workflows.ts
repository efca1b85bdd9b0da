/** Runtimes that pipelines set up: `node-version` and its like of GitHub's actions, tasks of Azure Pipelines, images of GitLab and CircleCI. Pure; by lines. */
import { contentsOf } from '../../lifecycles/image.ts';
import { type Draft, linesOf, type Reader } from './draft.ts';
import { type Tool, toolNamed, toolOf } from './tools.ts';

export const WORKFLOWS: readonly Reader[] = [
  { files: /^\.github\/(workflows\/[^/]+|actions\/.+)\.ya?ml$/, source: 'pipeline', read: setUps },
  {
    files: /(^|\/)azure-pipelines[^/]*\.ya?ml$|^\.(azure|pipelines)\/.+\.ya?ml$/,
    source: 'pipeline',
    read: azureTasks,
  },
  { files: /^(\.gitlab-ci\.ya?ml|\.circleci\/config\.ya?ml)$/, source: 'pipeline', read: images },
];

const KEY = /^\s*(?:-\s+)?["']?(node|python|go|java|ruby|php|dotnet)(?:-|_)versions?["']?\s*:\s*(.*)$/i;
/** A list under a bare name is that of a matrix. */
const BARE_LIST = /^\s*["']?(node|nodejs|python|go|golang|java|ruby|php|dotnet)["']?\s*:\s*(\[.*)$/i;

function setUps(text: string): readonly Draft[] {
  const lines = linesOf(text);
  return lines.flatMap((line, index) => {
    const [, name = '', value = ''] = KEY.exec(line) ?? BARE_LIST.exec(line) ?? [];
    const tool = toolNamed(name);
    if (!tool) return [];
    const values = valuesOf(value, lines.slice(index + 1, index + 30));
    return values.map(
      (written): Draft => ({
        tool,
        written,
        dialect: 'exact',
        line: index + 1,
        ...(values.length > 1 && { matrix: true }),
      }),
    );
  });
}

/** A value, a list between brackets, or the items or lines that follow. */
function valuesOf(value: string, following: readonly string[]): readonly string[] {
  const text = value.trim();
  if (text.startsWith('['))
    return text
      .replace(/^\[|\].*$/g, '')
      .split(',', 50)
      .map(unquoted)
      .filter(Boolean);
  if (text !== '' && !/^[|>][-+]?$/.test(text)) return [unquoted(text)];
  const values: string[] = [];
  for (const line of following) {
    const [, item] = /^\s*(?:-\s+)?["']?(v?\d[\w.*+-]*)["']?\s*$/.exec(line) ?? [];
    if (item === undefined) break;
    values.push(item);
  }
  return values;
}

function unquoted(text: string): string {
  return text
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
    .trim();
}

const TASKS: readonly (readonly [task: RegExp, name: string])[] = [
  [/^(NodeTool|UseNode|NodeTaskRunnerInstaller)@/i, 'node'],
  [/^UsePythonVersion@/i, 'python'],
  [/^GoTool@/i, 'go'],
  [/^UseDotNet@/i, 'dotnet'],
  [/^JavaToolInstaller@/i, 'java'],
  [/^UseRubyVersion@/i, 'ruby'],
];

function azureTasks(text: string): readonly Draft[] {
  let tool: Tool | undefined;
  return linesOf(text).flatMap((line, index) => {
    const task = /^\s*-\s+(?:task|script|bash|checkout|template|job|stage|pwsh|powershell)\s*:\s*(.*)$/.exec(line)?.[1];
    if (task !== undefined) tool = toolNamed(TASKS.find(([pattern]) => pattern.test(unquoted(task)))?.[1] ?? '');
    const written = /^\s*(?:versionSpec|version)\s*:\s*(.+)$/.exec(line)?.[1];
    return tool && written !== undefined
      ? [{ tool, written: unquoted(written), dialect: 'exact' as const, line: index + 1 }]
      : [];
  });
}

/** The image a job runs in. CircleCI's own are named after what is in them. */
function images(text: string): readonly Draft[] {
  return linesOf(text).flatMap((line, index) => {
    const [, image = ''] = /^\s*(?:-\s+)?image\s*:\s*["']?([^\s"']+)/.exec(line) ?? [];
    const plain = image
      .replace(/^(?:cimg|circleci)\/(?=(node|python|ruby|php|rust)\b)/, '')
      .replace(/^cimg\/go:/, 'golang:')
      .replace(/^cimg\/openjdk:/, 'eclipse-temurin:');
    return contentsOf(plain).programs.flatMap(({ product, version }): readonly Draft[] => {
      const tool = toolOf(product, plain);
      return tool && version !== undefined ? [{ tool, written: version, dialect: 'exact', line: index + 1 }] : [];
    });
  });
}
