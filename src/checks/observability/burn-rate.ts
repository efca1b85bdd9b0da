/** Which declared objectives have an alert on their burn rate over two windows, or a specification that generates one. Pure. */

import { wordsOf } from '../../evidence/queries/signals.ts';
import { referencesUnder } from '../../evidence/references/lookup.ts';
import type { Evidence } from '../../generated/evidence.ts';
import type { Place } from '../../model.ts';
import type { JudgedAlert } from '../alert-scope.ts';
import { type SloSubject, sloScope } from '../slo-scope.ts';

/** An objective of the manifest, and what alerts on its burn rate. */
export interface Burn {
  readonly name: string;
  readonly pointer: string;
  /** The alert, or the specification that asks for one; absent where there is none. */
  readonly shownAt?: Place;
}

/** What the answer is looked for in. */
export interface BurnSubject extends SloSubject {
  readonly evidence: Pick<Evidence, 'references' | 'slos'>;
}

/** Labels that name the objective an alert belongs to. */
const SLO_LABELS = ['slo', 'slo_name', 'sloth_slo', 'sloth_id', 'slo_id', 'objective'];

/** Every objective that the manifest declares. An alert that names none counts where there is but one. */
export function burns(subject: BurnSubject, alerts: readonly JudgedAlert[]): readonly Burn[] {
  const { claims, evidence } = subject;
  const own = sloScope(subject).slos;
  const slos = claims.slos ?? [];
  const burning = alerts.filter(({ multiWindow, signals }) => multiWindow && signals.includes('burn-rate'));
  return slos.map((slo, index) => {
    const pointer = `/slos/${index}`;
    const files = referencesUnder(evidence.references.facts, `${pointer}/evidence`).flatMap(({ matches }) => matches);
    const specified = own.find(
      ({ name, pages, at }) =>
        pages && (name === slo.id || files.some((file) => file.path === at.path && file.root === at.root)),
    );
    const alert = burning.find((it) => slos.length === 1 || isAbout(it, slo.id));
    const shownAt = alert?.at ?? specified?.at;
    return {
      name: slo.id ?? slo.title ?? slo.evidence?.[0] ?? `objective ${index + 1}`,
      pointer,
      ...(shownAt && { shownAt }),
    };
  });
}

/** By a label with the objective's id, else by all words of the id in the alert's name and metrics. */
function isAbout({ name, labels, metrics }: JudgedAlert, id: string | undefined): boolean {
  if (id === undefined) return false;
  const named = SLO_LABELS.flatMap((label) => labels[label] ?? []);
  if (named.length > 0) return named.some((it) => it === id || it.endsWith(`-${id}`));
  const words = new Set([name, ...metrics.map((metric) => metric.name)].flatMap((it) => [...wordsOf(it)]));
  return [...wordsOf(id)].every((word) => words.has(word));
}
