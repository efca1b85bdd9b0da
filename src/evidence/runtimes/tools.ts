/** Runtimes by the names that version managers, pipelines and the table of lifecycles give them. Pure. */
import type { Family } from './stated.ts';

/** What is stated: a family, and its key in the table of lifecycles. */
export interface Tool {
  readonly family: Family;
  readonly product: string;
}

const NAMES: ReadonlyMap<string, Tool> = new Map([
  ['node', { family: 'node', product: 'node' }],
  ['nodejs', { family: 'node', product: 'node' }],
  ['python', { family: 'python', product: 'python' }],
  ['go', { family: 'go', product: 'go' }],
  ['golang', { family: 'go', product: 'go' }],
  ['java', { family: 'java', product: 'temurin' }],
  ['ruby', { family: 'ruby', product: 'ruby' }],
  ['php', { family: 'php', product: 'php' }],
  ['rust', { family: 'rust', product: 'rust' }],
  ['dotnet', { family: 'dotnet-sdk', product: 'dotnet' }],
  ['dotnet-core', { family: 'dotnet-sdk', product: 'dotnet' }],
  ['elixir', { family: 'elixir', product: 'elixir' }],
  ['erlang', { family: 'erlang', product: 'erlang' }],
]);

/** A runtime by the name that version managers and CI give it. */
export function toolNamed(name: string): Tool | undefined {
  return NAMES.get(name.toLowerCase());
}

/** Who makes a Java, where the version says so: `corretto-17.0.9`, `17.0.9-amzn`. Temurin's dates are taken where nothing does. */
export function javaOf(written: string): Tool {
  const text = written.toLowerCase();
  const product = /corretto|-amzn$/.test(text)
    ? 'corretto'
    : /zulu/.test(text)
      ? 'zulu'
      : /microsoft|-ms$/.test(text)
        ? 'microsoft-openjdk'
        : /^openjdk-|-open$/.test(text)
          ? 'openjdk'
          : 'temurin';
  return { family: 'java', product };
}

const JAVAS = new Set(['temurin', 'corretto', 'openjdk', 'zulu', 'microsoft-openjdk', 'redhat-openjdk']);

/** The family that a product of the table belongs to, where it is a runtime; the kit of .NET is told by the image's name. */
export function toolOf(product: string, image: string): Tool | undefined {
  if (JAVAS.has(product)) return { family: 'java', product };
  if (product === 'dotnet') return { family: /\bsdk(:|@|$)/.test(image) ? 'dotnet-sdk' : 'dotnet', product };
  const family = product as Family;
  return toolNamed(product)?.product === product ? { family, product } : undefined;
}
