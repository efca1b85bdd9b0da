/** What is in an image, by its name: runtimes and servers, and the system below them, each with its version where the name says one. Pure; never throws. */

import { table } from '../table.ts';
import { cycleOf, productNamed } from './cycle.ts';
import { isMirror, type Reference, referenceOf } from './reference.ts';
import { type Part, systemIn, versioned } from './tag.ts';

/** What an image's name tells. */
export interface Contents {
  /** Runtimes, servers and tools; none where the name is not known to stand for any. */
  readonly programs: readonly Part[];
  /** The system; `none`: there is none to maintain; absent: the name does not say. */
  readonly os?: Part | 'none';
}

/** Official images of programs → key in the table. */
const PROGRAMS: ReadonlyMap<string, string> = new Map([
  ['node', 'node'],
  ['python', 'python'],
  ['golang', 'go'],
  ['ruby', 'ruby'],
  ['php', 'php'],
  ['rust', 'rust'],
  ['elixir', 'elixir'],
  ['erlang', 'erlang'],
  ['eclipse-temurin', 'temurin'],
  ['amazoncorretto', 'corretto'],
  ['openjdk', 'openjdk'],
  ['java', 'openjdk'],
  ['ibm-semeru-runtimes', 'IBM Semeru'],
  ['sapmachine', 'SapMachine'],
  ['gradle', 'gradle'],
  ['maven', 'maven'],
  ['tomcat', 'tomcat'],
  ['nginx', 'nginx'],
  ['httpd', 'httpd'],
  ['haproxy', 'haproxy'],
  ['postgres', 'postgres'],
  ['mysql', 'mysql'],
  ['mariadb', 'mariadb'],
  ['mongo', 'mongodb'],
  ['redis', 'redis'],
  ['elasticsearch', 'elasticsearch'],
  ['rabbitmq', 'rabbitmq'],
]);

/** The same by others than Docker, as `organisation/name`. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['nginxinc/nginx-unprivileged', 'nginx'],
  ['nginx/nginx-unprivileged', 'nginx'],
  ['postgis/postgis', 'postgres'],
  ['valkey/valkey', 'valkey'],
  ['apache/kafka', 'kafka'],
  ['elasticsearch/elasticsearch', 'elasticsearch'],
  ['azul/zulu-openjdk', 'zulu'],
  ['azul/zulu-openjdk-alpine', 'zulu'],
  ['azul/zulu-openjdk-debian', 'zulu'],
  ['openjdk/jdk', 'microsoft-openjdk'],
]);

const SYSTEMS: ReadonlyMap<string, string> = new Map([
  ['debian', 'debian'],
  ['ubuntu', 'ubuntu'],
  ['alpine', 'alpine'],
  ['centos', 'centos'],
  ['rockylinux', 'rocky'],
  ['almalinux', 'almalinux'],
  ['amazonlinux', 'amazonlinux'],
  ['fedora', 'fedora'],
  ['oraclelinux', 'oraclelinux'],
  ['photon', 'photon'],
]);

const READERS: readonly ((reference: Reference) => Contents | undefined)[] = [
  ofScratch,
  ofDistroless,
  ofMicrosoft,
  ofLambda,
  ofRedHat,
  ofBitnami,
  ofSystem,
  ofProgram,
];

/** What is in an image. Nothing where its name is a company's own, or known here not to tell. */
export function contentsOf(image: string): Contents {
  const reference = referenceOf(image);
  for (const read of READERS) {
    const contents = read(reference);
    if (contents) return contents;
  }
  return { programs: [] };
}

function ofScratch({ host, path }: Reference): Contents | undefined {
  return host === '' && path === 'scratch' ? { programs: [], os: 'none' } : undefined;
}

/** Keeps dates of its own, which are earlier than Debian's. */
function ofDistroless({ path, tag, digest }: Reference): Contents | undefined {
  const [, name = '', number = '', debian] =
    /(?:^|\/)distroless\/(?:[\w.-]+\/)?(static|base-nossl|base|cc|java-base|java|nodejs|python3?)(\d{0,2})(?:-debian(\d+))?$/.exec(
      path,
    ) ?? [];
  if (name === '') return undefined;
  const product = /^(java|nodejs)/.test(name)
    ? 'distroless-languages'
    : name.startsWith('python')
      ? 'distroless-python'
      : 'distroless';
  const os: Part =
    debian === undefined
      ? { product, open: 'its name does not say which release of Debian it is made of' }
      : { product, version: debian };
  const runtime = name === 'java' ? 'temurin' : name === 'nodejs' ? 'node' : undefined;
  if (name.startsWith('python'))
    return { programs: [{ product: 'python', open: 'its name does not say which Python 3 it has' }], os };
  if (runtime === undefined) return { programs: [], os };
  return { programs: [number === '' ? versioned(runtime, tag, digest) : { product: runtime, version: number }], os };
}

function ofMicrosoft(reference: Reference): Contents | undefined {
  const { path, tag, digest } = reference;
  const [, image] = /(?:^|\/)dotnet\/(?:core\/|nightly\/)?(aspnet|runtime-deps|runtime|sdk)$/.exec(path) ?? [];
  if (image !== undefined)
    return withOs(image === 'runtime-deps' ? [] : [versioned('dotnet', tag, digest)], systemIn(tag));
  const [, windows] = /(?:^|\/)windows\/(servercore|nanoserver)$/.exec(path) ?? [];
  if (windows === undefined) return undefined;
  return { programs: [], os: versioned(`windows-${windows}`, tag?.replace(/^ltsc(?=\d)/, ''), digest) };
}

/** Runtime and system are AWS' own, and maintained together. */
function ofLambda({ host, path, tag }: Reference): Contents | undefined {
  const [, ecr, hub] =
    (host === 'public.ecr.aws' && /^lambda\/(\w+)$/.exec(path)) || /^amazon\/aws-lambda-()(\w+)$/.exec(path) || [];
  const language = ecr || hub;
  if (language === undefined) return undefined;
  const [, version] = /^((?:al)?\d+(?:\.(?:al)?\d+)?)/.exec(tag ?? '') ?? [];
  const part: Part =
    version === undefined
      ? {
          product: 'aws-lambda',
          open: tag === undefined ? 'it has no tag, which means latest' : `the tag ${tag} names no version`,
        }
      : { product: 'aws-lambda', version: lambdaName(language, version) };
  return { programs: [part], os: part };
}

function lambdaName(language: string, version: string): string {
  if (language === 'nodejs') return `nodejs${version.split('.')[0]}.x`;
  if (language === 'go') return 'go1.x';
  if (language === 'provided') return `provided.${version}`;
  return `${language}${language === 'dotnet' ? version.split('.')[0] : version}`;
}

/** Universal base images; what is in them besides, Red Hat keeps alive by dates of its own. */
function ofRedHat({ host, path, tag, digest }: Reference): Contents | undefined {
  const [, release, name = ''] =
    /(?:^|\/)(?:ubi|rhel)(\d+)?(?:-(?:minimal|micro|init))?(?:\/([\w.-]+))?$/.exec(path) ?? [];
  const isOurs = /(^|\.)redhat\.(com|io)$/.test(host) || /(^|\/)(redhat\/)?(ubi|rhel)\d/.test(path);
  if (!isOurs || (release === undefined && !/(^|\/)ubi/.test(path))) return undefined;
  const os: Part = release === undefined ? versioned('rhel', tag, digest) : { product: 'rhel', version: release };
  const [, jdk] = /^openjdk-(\d+)/.exec(name) ?? [];
  if (jdk !== undefined) return { programs: [{ product: 'redhat-openjdk', version: jdk }], os };
  const [, language] = /^(nodejs|python|php|ruby|go-toolset|dotnet|nginx|httpd)(?:-|$)/.exec(name) ?? [];
  const product = language === 'nodejs' ? 'node' : language === 'go-toolset' ? 'go' : language;
  return { programs: product === undefined ? [] : [{ product, open: 'Red Hat maintains it by dates of its own' }], os };
}

function ofBitnami({ path, tag, digest }: Reference): Contents | undefined {
  const [, legacy, name = ''] = /(?:^|\/)bitnami(legacy|secure)?\/([\w-]+)$/.exec(path) ?? [];
  const spelled = name
    .replace(/^postgresql$/, 'postgres')
    .replace(/^mongodb$/, 'mongo')
    .replace(/-fpm$/, '');
  const product = PROGRAMS.get(spelled) ?? (['valkey', 'kafka'].includes(spelled) ? spelled : undefined);
  if (product === undefined) return undefined;
  if (legacy === 'legacy') return { programs: [{ product, open: 'Bitnami no longer updates its legacy images' }] };
  return withOs([versioned(product, tag, digest)], systemIn(tag));
}

function ofSystem(reference: Reference): Contents | undefined {
  const { path, tag, digest } = reference;
  const name = /^([\w-]+)\/\1$/.exec(path)?.[1] ?? path.split('/').pop() ?? '';
  const product = SYSTEMS.get(name);
  if (product === undefined) return undefined;
  const stream = product === 'centos' ? /^stream-?(\d+)/.exec(tag ?? '')?.[1] : undefined;
  const os: Part =
    stream === undefined ? versioned(product, tag, digest) : { product: 'centos-stream', version: stream };
  const isMakers = /^([\w-]+)\/\1$/.test(path);
  return isMakers || isOfficial(reference, [os]) ? { programs: [], os } : undefined;
}

function ofProgram(reference: Reference): Contents | undefined {
  const { path, tag, digest } = reference;
  const pair = path.split('/').slice(-2).join('/');
  const elsewhere = ELSEWHERE.get(pair);
  const name = path.split('/').pop() ?? '';
  const product = elsewhere ?? PROGRAMS.get(name);
  if (product === undefined) return undefined;
  const own = versioned(product, tag, digest);
  const java = ['gradle', 'maven', 'tomcat'].includes(product) ? javaIn(tag) : undefined;
  const os =
    systemIn(tag) ??
    (pair.endsWith('-alpine') ? { product: 'alpine', open: 'its name does not say which release' } : undefined);
  if (elsewhere === undefined && !isOfficial(reference, os ? [own, os] : [own])) return undefined;
  return withOs(java ? [own, java] : [own], os);
}

const VENDORS: Readonly<Record<string, string>> = table({
  temurin: 'temurin',
  openjdk: 'openjdk',
  corretto: 'corretto',
  amazoncorretto: 'corretto',
  ibmjava: 'IBM Java',
  semeru: 'IBM Semeru',
  zulu: 'zulu',
});

/** `3.9-eclipse-temurin-21`, `8-jdk17`: the JDK beside a build tool or a server; Temurin where no maker is named. */
function javaIn(tag = ''): Part | undefined {
  const [, version] = /(?:jdk|jre|temurin|openjdk|corretto|ibmjava|semeru|zulu)-?(\d{1,2})(?!\d)/.exec(tag) ?? [];
  if (version === undefined) return undefined;
  const vendor = /temurin|openjdk|amazoncorretto|corretto|ibmjava|semeru|zulu/.exec(tag)?.[0] ?? 'temurin';
  return { product: VENDORS[vendor] ?? vendor, version };
}

/** Docker's own, a mirror of it, or in a registry of somebody's under the same name with releases that there are. */
function isOfficial(reference: Reference, parts: readonly Part[]): boolean {
  if (!reference.path.includes('/') && reference.host === '') return true;
  if (isMirror(reference)) return true;
  return reference.host !== '' && parts.every(isReleased);
}

function isReleased({ product, version }: Part): boolean {
  const known = productNamed(product);
  return version === undefined || (known !== undefined && cycleOf(known, version).is === 'one');
}

function withOs(programs: readonly Part[], os: Part | undefined): Contents {
  return os ? { programs, os } : { programs };
}
