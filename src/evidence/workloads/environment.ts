/** Which environment a file is for, and what sets it aside: by the manifest, by its class, by the words of its path. Judges nothing. */
import type { Claims, Manifest } from '../../manifest/manifest.ts';
import type { SourceFile } from '../collector.ts';
import { globMatcher } from '../references/glob.ts';
import { isBelow, isDocumentation } from '../sources.ts';

/** What a path says about the objects in it. */
export interface Setting {
  /** E.g. prod, staging; absent: what all environments share. */
  readonly environment?: string;
  /** Why it is not taken for the service in production. */
  readonly aside?: { readonly because: string };
}

const PRODUCTION = /^(prod|production|prd|live)$/i;
const LOWER =
  /^(pre-?prod|pre-?production|non-?prod|non-?production|staging|stage|stg|uat|qa|dev|develop|development|devel|test|testing|integration|int|sandbox|demo|local|localhost|preview|review|perf|ephemeral|[qt]\d)$/i;
/** Words that name an environment wherever they begin or end a folder's name; the others only where they are all of it. */
const PLAIN = /^(prod|production|prd|preprod|nonprod|staging|stage|stg|uat|qa|dev|development|sandbox|preview)$/i;

/** What words of a path or a name say: it is there for something else than serving users. */
const PURPOSES: readonly (readonly [RegExp, string])[] = [
  [
    /(^|[-_.])(load-?(test(s|ing|er)?|gen(erator)?s?)|(perf(ormance)?|stress|soak)-?tests?|locust|k6|jmeter|gatling|artillery|vegeta|benchmarks?)($|[-_.])/i,
    'a load test',
  ],
  [
    /(^|[-_.])(e2e|(integration|smoke|acceptance|end-to-end|component)-?tests?|test-?(runner|rig|data)|chaos)($|[-_.])/i,
    'a test',
  ],
  [/(^|[-_.])maintenance([-_]?page)?($|[-_.])/i, 'a maintenance page'],
  [/^(\.github|\.circleci|\.gitlab|\.ci|ci|\.tekton|\.devcontainer)$/i, 'for CI'],
  [
    /^(docker-compose|compose|minikube|kind|k3d|k3s|microk8s|tilt|devspace|local-?(dev|env|setup|cluster)|dev-?(env|tools|setup))$/i,
    'for a local cluster',
  ],
  [/^(deprecated|archived?|attic|obsolete|legacy|old)([-_.].*)?$/i, 'no longer in use'],
  [
    /^(workshops?|tutorials?|training|quick-?starts?|getting-started|extras|(samples?|examples?)[-_].*|.*[-_](samples?|examples?))$/i,
    'an example',
  ],
];

const CLASSES: Readonly<Record<Exclude<SourceFile['class'], 'source'>, string>> = {
  test: 'a test',
  example: 'an example',
  vendored: 'vendored',
  generated: 'generated',
};

/** What the manifest and the path say of a file. */
export function settingOf(file: Pick<SourceFile, 'path' | 'root' | 'class'>, manifest: Manifest): Setting {
  const environment = claimedEnvironment(file, manifest);
  // What the manifest names as an environment's configuration is that, whatever its folders are called.
  if (environment !== undefined) return { environment };
  const inside = isBelow(file.path, manifest.dir)
    ? file.path.slice(manifest.dir === '' ? 0 : manifest.dir.length + 1)
    : file.path;
  const named = environmentOf(inside);
  const because = asideBecause(file, inside);
  return { ...(named !== undefined && { environment: named }), ...(because !== undefined && { aside: { because } }) };
}

/** Why an object is set aside by its own name or by the image it runs. */
export function purposeOf(name: string): string | undefined {
  return PURPOSES.slice(0, 3).find(([pattern]) => pattern.test(name))?.[1];
}

/** Whether an environment is one that users depend on: the manifest may say so, else its name does. */
export function isProduction(environment: string, claims: Claims): boolean {
  const claimed = claims.environments?.find(({ id }) => id === environment);
  if (claimed?.production !== undefined) return claimed.production;
  return wordIn(environment)?.production ?? false;
}

/** The environment that a path names: by the file's own name before its folders', and by the innermost of those. */
export function environmentOf(path: string): string | undefined {
  const parts = path.split('/');
  const stem = (parts.pop() ?? '').replace(/\.(ya?ml|json|tmpl|tpl|gotmpl|j2|tfvars|env|sops|dec|enc)(?=\.|$)/gi, '');
  const inName = stemEnvironment(stem);
  if (inName !== undefined) return inName;
  return parts.reverse().flatMap((part) => wordIn(part)?.name ?? [])[0];
}

/** `values-prod`, `app.staging`, `nais-prod-fss`, `prod`. */
function stemEnvironment(stem: string): string | undefined {
  const name = stem.toLowerCase();
  const compound = /(?:^|[-_.])((?:pre|non)[-_.]?prod(?:uction)?)(?:$|[-_.])/.exec(name)?.[1];
  if (compound !== undefined) return compound;
  const tokens = name.split(/[-_.]/);
  const last = tokens.at(-1) ?? '';
  if (PRODUCTION.test(last) || LOWER.test(last)) return last;
  // `values-prod-eu`, `prod-deployment`.
  return tokens.find((token) => PLAIN.test(token));
}

/** `prod`, `prod-eu-west-1`, `eu-staging`, `non-prod`: what one folder's name says. */
function wordIn(part: string): { readonly name: string; readonly production: boolean } | undefined {
  const name = part.toLowerCase();
  if (PRODUCTION.test(name)) return { name, production: true };
  if (LOWER.test(name)) return { name, production: false };
  const lower = /(?:^|[-_.])(pre|non)[-_.]?prod(uction)?(?:$|[-_.])/.test(name);
  if (lower) return { name, production: false };
  const tokens = name.split(/[-_.]/);
  const word = [tokens.at(-1) ?? '', tokens[0] ?? ''].find((token) => PLAIN.test(token));
  return word === undefined ? undefined : { name, production: PRODUCTION.test(word) };
}

function claimedEnvironment(file: Pick<SourceFile, 'path' | 'root'>, { claims, dir }: Manifest): string | undefined {
  if (file.root !== '') return undefined;
  return claims.environments?.find(({ deploy = [] }) => deploy.some((reference) => leadsTo(reference, file.path, dir)))
    ?.id;
}

function leadsTo(reference: string, path: string, dir: string): boolean {
  const written = reference
    .replace(/^repo:\/\//, '')
    .replace(/#.*$/, '')
    .replace(/^\.\//, '')
    .replace(/\/$/, '');
  const target = reference.startsWith('repo://') || dir === '' ? written : `${dir}/${written}`;
  if (written === '' || written === '.') return false;
  return isBelow(path, target) || (globMatcher(target)?.(path) ?? false);
}

function asideBecause(file: Pick<SourceFile, 'path' | 'class'>, inside: string): string | undefined {
  if (file.class !== 'source') return CLASSES[file.class];
  if (isDocumentation(inside)) return 'documentation';
  const parts = inside.split('/');
  const stem = (parts.pop() ?? '').replace(/\..*$/, '');
  for (const [pattern, what] of PURPOSES)
    if (parts.some((part) => pattern.test(part)) || pattern.test(stem)) return what;
  return undefined;
}
