/** Whom one container runs as: its security context says so, or else the image that it runs, found by its name among those that are built here. Pure. */

import { userOfBase } from '../../evidence/images/bases.ts';
import type { Image, RunsAs } from '../../evidence/images/image.ts';
import { isKnown } from '../../evidence/known.ts';
import type { Container, Workload } from '../../evidence/workloads/workload.ts';
import type { Place } from '../../model.ts';

/** Platforms that give a container a user of their own choice unless they are told not to. */
const ASSIGNS: Readonly<Partial<Record<Workload['platform'], string>>> = {
  openshift: 'OpenShift assigns a user unless an exception allows root',
  clowder: 'OpenShift assigns a user unless an exception allows root',
  nais: 'NAIS assigns a user',
};

/** What is built here, and for whom. */
export interface Built {
  readonly images: readonly Image[];
  /** What the image of the Dockerfile at the root is called. */
  readonly main: string;
}

/** The image that most workloads run of those that are neither known nor built in a folder of that name: it is the one of the root. */
export function builtFor(workloads: readonly Workload[], images: readonly Image[]): Built {
  const served = images.filter(({ aside }) => !aside);
  const names = workloads.flatMap(({ containers }) =>
    containers.flatMap(({ role, image }) =>
      role === 'main' && isKnown(image) && userOfBase(image.value) === 'unknown' ? [letters(lastOf(image.value))] : [],
    ),
  );
  const open = names.filter((called) => !served.some((it) => namesOf(it).some((known) => isNamed(called, known))));
  const [main = ''] = open.filter((name) => 2 * open.filter((it) => it === name).length > open.length);
  return { images, main };
}

/** The user of a container, by whatever decides it. */
export function containerUser(workload: Workload, container: Container, built: Built): RunsAs {
  const byContext = fromContext(container);
  if (byContext) return byContext;
  const place = container.image?.at ?? container.at;
  const image = fromImage(container, built, place);
  const assigns = ASSIGNS[workload.platform];
  if (assigns !== undefined && image.kind !== 'other')
    return { kind: 'unknown', because: `${image.because}; ${assigns}`, at: image.at };
  return image.kind === 'other' ? image : { ...image, because: `nothing sets a user, and ${image.because}` };
}

function fromContext({ security }: Container): RunsAs | undefined {
  const { runAsUser, runAsNonRoot } = security;
  const assigned = [runAsNonRoot, runAsUser].find((it) => it !== undefined && 'via' in it && it.via === 'default');
  // What a platform does by itself is not written here, and exceptions to it are not seen.
  if (assigned) return { kind: 'unknown', because: 'the platform chooses a user by default', at: assigned.at };
  if (isKnown(runAsNonRoot) && runAsNonRoot.value)
    return { kind: 'other', because: 'runAsNonRoot: true', at: runAsNonRoot.at };
  if (isKnown(runAsUser)) {
    return {
      kind: runAsUser.value === 0 ? 'root' : 'other',
      because: `runAsUser: ${runAsUser.value}`,
      at: runAsUser.at,
    };
  }
  const open = [runAsUser, runAsNonRoot].find((it) => it !== undefined && !isKnown(it));
  return open && !isKnown(open)
    ? { kind: 'unknown', because: `${open.opaque} is filled in at deployment`, at: open.at }
    : undefined;
}

/** By the Dockerfile of the same name, or the only one at the root; or what is known of the image. */
function fromImage({ image, name }: Container, { images, main }: Built, at: Place): RunsAs {
  const served = images.filter(({ aside }) => !aside);
  const written = isKnown(image) ? image.value : '';
  const called = letters(written === '' ? name : lastOf(written));
  const named = served.filter((it) => namesOf(it).some((known) => isNamed(called, known)));
  const own = named.length === 0 && called === main ? served.filter(({ file }) => !file.includes('/')) : named;
  const [match] = own;
  if (match && own.every(({ runsAs }) => runsAs.kind === match.runsAs.kind)) return described(match);
  const base = written === '' ? 'unknown' : userOfBase(written);
  if (base === 'root' || base === 'other') {
    return { kind: base, because: `${written} ${base === 'root' ? 'runs' : 'does not run'} as root`, at };
  }
  const [only] = served;
  if (only && written === '' && served.length === 1 && !only.file.includes('/')) return described(only);
  const what = written === '' ? 'its image is filled in at deployment' : `whom ${written} runs as is not written here`;
  return { kind: 'unknown', because: what, at };
}

/** The same, or the same after a prefix such as the team's. */
function isNamed(called: string, known: string): boolean {
  return called === known || (known.length > 5 && called.endsWith(known));
}

function described({ file, runsAs }: Image): RunsAs {
  return { ...runsAs, because: `${file} says ${runsAs.because}` };
}

/** What an image may be called: its folder, or its file's own name. */
function namesOf({ file }: Image): readonly string[] {
  const parts = file.split('/');
  const stem = (parts.pop() ?? '').replace(/\.?(Dockerfile|Containerfile)[.\-_]?/i, '');
  const folder = parts.findLast((part) => !/^(src|docker|container|image|images|build|app|deploy)$/i.test(part)) ?? '';
  return [stem, folder].map(letters).filter((it) => it.length > 1);
}

/** `registry/team/checkout-service:1.2@sha256:…` is checkout-service. */
function lastOf(image: string): string {
  return image.split('@')[0]?.split('/').pop()?.split(':')[0] ?? '';
}

/** Letters and digits, without the words that are written now and then. */
function letters(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return plain.replace(/(service|svc)$/, '') || plain;
}
