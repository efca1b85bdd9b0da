/** Runtimes in the manifests of packages and projects: package.json, pyproject.toml, go.mod, Gemfile, composer.json, Cargo.toml, project files of .NET, Maven and Gradle. Pure; by lines. */
import { type Draft, linesOf, type Reader } from './draft.ts';
import type { Dialect } from './meaning.ts';
import type { Family } from './stated.ts';
import { toolNamed } from './tools.ts';

export const MANIFESTS: readonly Reader[] = [
  { files: /(^|\/)package\.json$/, source: 'manifest', read: packageJson },
  { files: /(^|\/)pyproject\.toml$/, source: 'manifest', read: pyproject },
  { files: /(^|\/)(setup\.(py|cfg)|Pipfile)$/, source: 'manifest', read: olderPython },
  { files: /(^|\/)go\.mod$/, source: 'manifest', read: goMod },
  { files: /(^|\/)Gemfile$/, source: 'manifest', read: byLines('ruby', 'gem', /^\s*ruby\s*\(?\s*["']([^"']+)["']/) },
  { files: /(^|\/)composer\.json$/, source: 'manifest', read: composer },
  {
    files: /(^|\/)Cargo\.toml$/,
    source: 'manifest',
    read: byLines('rust', 'minimum', /^\s*rust-version\s*=\s*["']([^"']+)["']/),
  },
  { files: /(\.(cs|fs|vb)proj|(^|\/)Directory\.Build\.props)$/, source: 'manifest', read: dotnetProject },
  {
    files: /(^|\/)pom\.xml$/,
    source: 'manifest',
    read: byLines('java', 'minimum', /<(?:maven\.compiler\.(?:release|target)|java\.version|release)>\s*([\d.]+)\s*</),
  },
  {
    files: /\.gradle(\.kts)?$/,
    source: 'manifest',
    read: byLines(
      'java',
      'minimum',
      /(?:JavaLanguageVersion\.of\(|jvmToolchain\(|(?:source|target)Compatibility\s*=?\s*(?:JavaVersion\.VERSION_(?:1_)?)?)\s*["']?(\d[\d.]*)/,
    ),
  },
];

/** One pattern, whose first group is the version, a line. */
function byLines(name: string, dialect: Dialect, pattern: RegExp): (text: string) => readonly Draft[] {
  const tool = toolNamed(name);
  return (text) =>
    linesOf(text).flatMap((line, index) => {
      const written = /^\s*(\/\/|\*|<!--)/.test(line) ? undefined : pattern.exec(line)?.[1];
      return tool && written !== undefined ? [{ tool, written, dialect, line: index + 1 }] : [];
    });
}

/** `engines.node` and `volta.node`. */
function packageJson(text: string): readonly Draft[] {
  return [...inObject(text, 'engines', 'node', 'npm', 'node'), ...inObject(text, 'volta', 'node', 'exact', 'node')];
}

function composer(text: string): readonly Draft[] {
  return inObject(text, 'require', 'php', 'composer', 'php');
}

/** A member of an object at the top of a JSON document; its line is the first that has the member after the object's name. */
function inObject(text: string, object: string, key: string, dialect: Dialect, name: Family): readonly Draft[] {
  const tool = toolNamed(name);
  const written = member(member(parsed(text), object), key);
  if (!tool || typeof written !== 'string') return [];
  const lines = text.split('\n', 20_000);
  const start = lines.findIndex((line) => line.includes(`"${object}"`));
  const index = lines.findIndex((line, at) => at >= start && line.includes(`"${key}"`));
  return [{ tool, written, dialect, line: Math.max(index, 0) + 1 }];
}

function parsed(text: string): unknown {
  try {
    return text.length > 2_000_000 ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

function pyproject(text: string): readonly Draft[] {
  const tool = toolNamed('python');
  let section = '';
  return linesOf(text).flatMap((line, index) => {
    section = /^\s*\[([^\]]*)\]\s*$/.exec(line)?.[1]?.trim() ?? section;
    const [, key = '', written = ''] = /^\s*(requires-python|python)\s*=\s*["']([^"']+)["']/.exec(line) ?? [];
    const dialect: Dialect | undefined =
      section === 'project' && key === 'requires-python'
        ? 'pep440'
        : section === 'tool.poetry.dependencies' && key === 'python'
          ? 'poetry'
          : undefined;
    return tool && dialect ? [{ tool, written, dialect, line: index + 1 }] : [];
  });
}

/** `python_requires` of setuptools, `python_version` of Pipenv. */
function olderPython(text: string): readonly Draft[] {
  const tool = toolNamed('python');
  return linesOf(text).flatMap((line, index) => {
    const [, key = '', written = ''] =
      /^\s*(python_requires|python_version|python_full_version)\s*=\s*["']?([^"',\n]+(?:,[^"'\n]+)?)["']?/.exec(line) ??
      [];
    return tool && written !== ''
      ? [{ tool, written: written.trim(), dialect: key === 'python_requires' ? 'pep440' : 'exact', line: index + 1 }]
      : [];
  });
}

/** Both lines say the least that will do. */
function goMod(text: string): readonly Draft[] {
  const tool = toolNamed('go');
  return text
    .slice(0, 500_000)
    .split('\n', 20_000)
    .flatMap((line, index) => {
      const written = /^(?:go|toolchain)\s+((?:go)?\d[\w.]*)\s*(?:\/\/.*)?$/.exec(line.trim())?.[1];
      return tool && written !== undefined ? [{ tool, written, dialect: 'minimum' as const, line: index + 1 }] : [];
    });
}

/** What a project that runs targets is what it runs on; what a library targets is the least that it needs. */
function dotnetProject(text: string): readonly Draft[] {
  const runs =
    /Sdk="Microsoft\.NET\.Sdk\.(Web|Worker|BlazorWebAssembly)|<OutputType>\s*(Win)?Exe|<AzureFunctionsVersion>/i.test(
      text.slice(0, 100_000),
    );
  return linesOf(text).flatMap((line, index) => {
    const targets = /<TargetFrameworks?>([^<]+)</.exec(line)?.[1] ?? '';
    return targets.split(';').flatMap((target) => {
      const written = /^\s*net(?:coreapp)?(\d+\.\d+)(?:-[\w.]+)?\s*$/.exec(target)?.[1];
      const tool = { family: 'dotnet' as const, product: 'dotnet' };
      const dialect: Dialect = runs && !targets.includes(';') ? 'exact' : 'minimum';
      return written === undefined ? [] : [{ tool, written, dialect, line: index + 1 }];
    });
  });
}
