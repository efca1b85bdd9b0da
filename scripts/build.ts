/**
 * Bundles the command line and the library into dist/. Loading modules is a large part of a short run, so the command line is
 * CommonJS, which Node 20 loads quicker than ES modules, and whatever not every run needs is in a file of its own, loaded on use.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type BuildOptions, build, type OutputFile, type Plugin, transform } from 'esbuild';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

/** Nearly every run asks for nearly every check and every kind of evidence: one file for all is read quicker than twenty. */
const oneFileForAll: Plugin = {
  name: 'one-file-for-all',
  setup({ onLoad }) {
    onLoad({ filter: /\/generated\/(checks|evidence)\.ts$/ }, ({ path }) => {
      const modules = new Map<string, string>();
      const contents = readFileSync(path, 'utf8').replace(/\(await import\('([^']+)'\)\)/g, (_, from: string) => {
        const name = modules.get(from) ?? `module${modules.size}`;
        modules.set(from, name);
        return name;
      });
      const imports = [...modules].map(([from, name]) => `import * as ${name} from '${from}';`);
      return { contents: `${contents}\n${imports.join('\n')}`, loader: 'ts' };
    });
  },
};

/** Commander loads Node's child_process, which takes as long as all of our own start, for commands that are programs of their own: we have none. */
const noChildProcess: Plugin = {
  name: 'no-child-process',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ importer, path }) =>
      /[\\/]commander[\\/]/.test(importer) ? { path, namespace: 'on-use' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'on-use' }, ({ path }) => ({
      contents: `exports.spawn = (...words) => require('${path}').spawn(...words);`,
    }));
  },
};

/**
 * What judges the YAML that the quick reader declines is the `yaml` package, the largest we have, and most runs never ask it;
 * nor do they ask for expressions and patterns of an organisation's own rules. Whoever asks waits for no promise, so each of these modules is required where one of its functions is first called.
 */
const ON_USE: Readonly<Record<string, readonly string[]>> = {
  'src/evidence/yaml/yaml-judge.ts': ['composeText', 'indentQuotedText'],
  'src/manifest/manifest-judge.ts': ['judgeManifest'],
  // What only an organisation's own rules ask for.
  'src/expressions/cel.ts': ['compileExpression', 'isCount', 'isPlain', 'placeOf'],
  'src/expressions/linear-pattern.ts': ['compilePattern'],
};

const ANY_ON_USE = new RegExp(`/(${Object.keys(ON_USE).map(nameOf).join('|')})\\.ts$`);

const onUse: Plugin = {
  name: 'on-use',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: ANY_ON_USE }, ({ kind, path, resolveDir }) => {
      const module = Object.keys(ON_USE).find((it) => resolve(it) === resolve(resolveDir, path));
      return kind === 'entry-point' || module === undefined
        ? undefined
        : { path: module, namespace: 'required-on-use' };
    });
    onLoad({ filter: /.*/, namespace: 'required-on-use' }, ({ path }) => ({
      contents: (ON_USE[path] ?? [])
        .map((name) => `export function ${name}(...given) { return require('${builtOf(path)}').${name}(...given); }`)
        .join('\n'),
    }));
  },
};

/** Unpacking the table of named characters takes half as long as loading all else that reads Markdown, and few pages name one. */
const entitiesOnUse: Plugin = {
  name: 'entities-on-use',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^entities$/ }, ({ importer, resolveDir }) =>
      /[\\/]markdown-it[\\/]/.test(importer) ? { path: resolveDir, namespace: 'entities-on-use' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'entities-on-use' }, ({ path }) => ({
      contents: ['decodeHTML', 'decodeHTMLStrict']
        .map((name) => `export const ${name} = (text) => require('entities/lib/decode.js').${name}(text);`)
        .join('\n'),
      resolveDir: path,
    }));
  },
};

/** Our files are scripts that load.js compiles, and such have no `import`; a file that Node itself loads has. */
const importByNode: Plugin = {
  name: 'import-by-node',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]cli[\\/]import-module\.ts$/ }, () => ({
      contents: `export const importModule = (address) => require('${IMPORT_MODULE}').importModule(address);`,
    }));
  },
};

/** From dist/. */
const IMPORT_MODULE = '../bin/import-module.js';

function nameOf(module: string): string {
  return basename(module, '.ts');
}

function builtOf(module: string): string {
  return `./${nameOf(module)}.cjs`;
}

/** An object that is spread into another makes a slow one of it on Node 20, and the state of js-yaml's parser is such. */
const noSpread: Plugin = {
  name: 'no-spread',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]js-yaml\.mjs$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, 'utf8'), { supported: { 'object-rest-spread': false } });
      return { contents: code };
    });
  },
};

/** The parser's ES module makes itself a `require` under that very name, which hides the one that a CommonJS file has. */
const requireAsItIs: Plugin = {
  name: 'require-as-it-is',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]web-tree-sitter\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const contents = text.replace(/const \{ createRequire \} = [^;]+;\s+var require = [^;]+;/, '');
      if (contents === text) throw new Error(`${path} is not what it was: see how it makes its require now`);
      return { contents, loader: 'js' };
    });
  },
};

const SHARED: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  define: { GONOGO_VERSION: JSON.stringify(version) },
  // Names stay, so that a stack trace can be read.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [noSpread],
  // Needed only for parameters of an organisation's own checklist; and what would write bills of materials as XML, which we do not.
  external: ['ajv', 'xmlbuilder2'],
};

/** Stands for the digest of the command line until that is known. */
const BUILD = 'digest of this build, unknown yet';

/** Files of the command line: each module in one of them only, so that none holds its state twice. */
async function commandLine(): Promise<readonly OutputFile[]> {
  const { outputFiles } = await build({
    ...SHARED,
    entryPoints: {
      cli: 'src/cli/main.ts',
      // What a thread of an audit begins with: it shares all other files with the command line.
      'audit-worker': 'src/cli/audit-worker.ts',
      ...Object.fromEntries(Object.keys(ON_USE).map((module) => [nameOf(module), module])),
    },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    // Only ES modules are split.
    format: 'esm',
    // What asks where it lies will lie in a CommonJS file.
    define: { ...SHARED.define, GONOGO_BUILD: JSON.stringify(BUILD), 'import.meta.url': '__filename' },
    splitting: true,
    write: false,
    external: [...(SHARED.external ?? []), ...Object.keys(ON_USE).map(builtOf), IMPORT_MODULE],
    plugins: [oneFileForAll, noChildProcess, onUse, entitiesOnUse, requireAsItIs, importByNode, noSpread],
  });
  return outputFiles;
}

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
const files = await commandLine();
const digest = createHash('sha256')
  .update(files.map(({ hash }) => hash).join())
  .digest('hex');
for (const { path, text } of files) {
  const { code } = await transform(text.replaceAll(BUILD, digest), {
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    minifyWhitespace: true,
    minifySyntax: true,
    // Loaded on use, by require: importing CommonJS from a CommonJS file would read it twice.
    supported: { 'dynamic-import': false },
  });
  writeFileSync(path, code);
}
await build({
  ...SHARED,
  entryPoints: { index: 'src/index.ts' },
  outdir: 'dist',
  format: 'esm',
  // Parsers and grammars that few repositories need stay out of the way of the others.
  splitting: true,
  // Bundled CommonJS packages call require for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});

// What V8 compiles while the samples are judged is kept beside the files; see bin/load.js.
execFileSync(process.execPath, ['scripts/rehearse.cjs'], { stdio: ['ignore', 'ignore', 'inherit'] });
