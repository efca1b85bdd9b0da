/** Reads package.json and composer.json. */
import { record } from '../../plain-value.ts';
import { lineAt, type ManifestReading, type Named } from './manifest-reading.ts';

const SERVER =
  /^(express|koa|fastify|@nestjs\/core|@hapi\/hapi|next|nuxt|@remix-run\/node|@sveltejs\/kit|hono|apollo-server.*|@apollo\/server|restify|@aws-lambda-powertools\/.*|@grpc\/grpc-js)$/;
const BROWSER = /^(react-dom|vue|@angular\/core|svelte|preact|solid-js|react-scripts)$/;

/** package.json. */
export function readPackageJson(text: string): ManifestReading {
  const value = record(JSON.parse(text));
  const run = [...named(value.dependencies, text, 'run'), ...named(value.optionalDependencies, text, 'run')];
  const dev = named(value.devDependencies, text, 'test');
  const names = [...run, ...dev].map(({ name }) => name);
  return {
    ecosystem: 'npm',
    dependencies: [...run, ...dev],
    provides: typeof value.name === 'string' ? [value.name] : [],
    uses: [],
    browser: names.some((it) => BROWSER.test(it)) && !run.some(({ name }) => SERVER.test(name)),
  };
}

/** composer.json. */
export function readComposerJson(text: string): ManifestReading {
  const value = record(JSON.parse(text));
  return {
    ecosystem: 'composer',
    dependencies: [...named(value.require, text, 'run'), ...named(value['require-dev'], text, 'test')],
    provides: typeof value.name === 'string' ? [value.name] : [],
    uses: [],
  };
}

function named(value: unknown, text: string, scope: Named['scope']): readonly Named[] {
  return Object.keys(record(value)).map((name) => ({ name, scope, line: lineAt(text, text.indexOf(`"${name}"`)) }));
}
