/** Files that version managers and platforms read: .nvmrc, .tool-versions, mise.toml, .sdkmanrc, global.json, runtime.txt and their like. Pure. */
import { type Draft, linesOf, type Reader } from './draft.ts';
import { javaOf, type Tool, toolNamed } from './tools.ts';

export const VERSION_FILES: readonly Reader[] = [
  {
    files: /(^|\/)(\.nvmrc|\.(node|python|ruby|java|go|php)-version|rust-toolchain)$/,
    source: 'version-file',
    read: single,
  },
  { files: /(^|\/)\.tool-versions$/, source: 'version-file', read: toolVersions },
  { files: /(^|\/)(\.?mise(\.\w+)?\.toml|\.?mise\/config\.toml|\.rtx\.toml)$/, source: 'version-file', read: mise },
  { files: /(^|\/)\.sdkmanrc$/, source: 'version-file', read: sdkman },
  { files: /(^|\/)global\.json$/, source: 'version-file', read: globalJson },
  { files: /(^|\/)(runtime\.txt|system\.properties)$/, source: 'version-file', read: platformFile },
  { files: /(^|\/)rust-toolchain\.toml$/, source: 'version-file', read: rustToolchain },
];

/** Nothing but a version; further ones are alternatives of the version manager. */
function single(text: string, path: string): readonly Draft[] {
  const name = path.split('/').pop() ?? '';
  const tool = toolNamed(
    name === '.nvmrc' ? 'node' : name === 'rust-toolchain' ? 'rust' : (/^\.(\w+)-version$/.exec(name)?.[1] ?? ''),
  );
  const lines = linesOf(text);
  const index = lines.findIndex((line) => line.trim() !== '');
  const written = lines[index]?.trim() ?? '';
  if (!tool || written === '' || written.startsWith('[')) return [];
  return [{ tool: vendorOf(tool, written), written, dialect: 'exact', line: index + 1 }];
}

function vendorOf(tool: Tool, written: string): Tool {
  return tool.family === 'java' ? javaOf(written) : tool;
}

function toolVersions(text: string): readonly Draft[] {
  return linesOf(text).flatMap((line, index) => {
    const [name = '', written = ''] = line.trim().split(/\s+/);
    const tool = toolNamed(name);
    return tool && written !== ''
      ? [{ tool: vendorOf(tool, written), written, dialect: 'exact' as const, line: index + 1 }]
      : [];
  });
}

/** `[tools]` with `name = "x"`, `name = ["x", "y"]` or `name = { version = "x" }`; of several the first is the default. */
function mise(text: string): readonly Draft[] {
  let section = '';
  return linesOf(text).flatMap((line, index) => {
    section = /^\s*\[([^\]]*)\]\s*$/.exec(line)?.[1]?.trim() ?? section;
    const [, name = '', written = ''] =
      /^\s*["']?(?:core:)?([\w-]+)["']?\s*=\s*(?:\[\s*|\{[^}]*?version\s*=\s*)?["']([^"']+)["']/.exec(line) ?? [];
    const tool = section === 'tools' ? toolNamed(name) : undefined;
    return tool ? [{ tool: vendorOf(tool, written), written, dialect: 'exact' as const, line: index + 1 }] : [];
  });
}

function sdkman(text: string): readonly Draft[] {
  return linesOf(text).flatMap((line, index) => {
    const written = /^\s*java\s*=\s*(\S+)/.exec(line)?.[1];
    return written === undefined
      ? []
      : [{ tool: javaOf(written), written, dialect: 'exact' as const, line: index + 1 }];
  });
}

function globalJson(text: string): readonly Draft[] {
  const lines = linesOf(text);
  const start = lines.findIndex((line) => /"sdk"\s*:/.test(line));
  const index = start < 0 ? -1 : lines.findIndex((line, at) => at >= start && /"version"\s*:/.test(line));
  const written = /"version"\s*:\s*"([^"]+)"/.exec(lines[index] ?? '')?.[1];
  const tool = toolNamed('dotnet');
  return tool && written !== undefined ? [{ tool, written, dialect: 'exact', line: index + 1 }] : [];
}

/** `python-3.11.4`, and `java.runtime.version=17`. */
function platformFile(text: string): readonly Draft[] {
  return linesOf(text).flatMap((line, index) => {
    const java = /^\s*java\.runtime\.version\s*[=:]\s*(\S+)/.exec(line)?.[1];
    if (java !== undefined) return [{ tool: javaOf(java), written: java, dialect: 'exact' as const, line: index + 1 }];
    const [, name = '', written = ''] = /^\s*(python|ruby|php|go)-(\d\S*)\s*$/.exec(line) ?? [];
    const tool = toolNamed(name);
    return tool ? [{ tool, written, dialect: 'exact' as const, line: index + 1 }] : [];
  });
}

function rustToolchain(text: string): readonly Draft[] {
  const tool = toolNamed('rust');
  return linesOf(text).flatMap((line, index) => {
    const written = /^\s*channel\s*=\s*["']([^"']+)["']/.exec(line)?.[1];
    return tool && written !== undefined ? [{ tool, written, dialect: 'exact' as const, line: index + 1 }] : [];
  });
}
