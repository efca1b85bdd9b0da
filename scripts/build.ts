/**
 * Bundles the command line and the library into dist/. Loading modules is a large part of a short run, so the command line is
 * three CommonJS files, which Node 20 loads quicker than ES modules: the arguments, what `check` needs, what the others need.
 */
import { readFileSync, rmSync } from 'node:fs';
import { type BuildOptions, build, type Plugin } from 'esbuild';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

/** A bundle of ours is loaded from its own file and not copied into the one that asks for it. */
const separateBundles: Plugin = {
  name: 'separate-bundles',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/bundle-[a-z]+\.ts$/ }, ({ path }) => ({
      path: path.replace(/\.ts$/, '.cjs'),
      external: true,
    }));
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
  // Needed only for parameters of an organisation's own checklist.
  external: ['ajv'],
};

rmSync('dist', { recursive: true, force: true });
await build({
  ...SHARED,
  entryPoints: {
    cli: 'src/cli/main.ts',
    'bundle-check': 'src/cli/bundle-check.ts',
    'bundle-others': 'src/cli/bundle-others.ts',
  },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  // Loaded on use, by require: importing CommonJS from a CommonJS file would read it twice.
  supported: { 'dynamic-import': false },
  plugins: [separateBundles],
});
await build({
  ...SHARED,
  entryPoints: { index: 'src/index.ts' },
  outdir: 'dist',
  format: 'esm',
  // Bundled CommonJS packages call require for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
