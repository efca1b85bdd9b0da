/** Finds the specification that defines a declared objective, and says where the two differ. */
import { milliseconds } from '../../dates.ts';
import { referencesUnder } from '../../evidence/references/lookup.ts';
import type { Facts as References } from '../../evidence/references.ts';
import type { SpecifiedSlo } from '../../evidence/slos.ts';
import type { Slo } from '../../generated/service.ts';
import { percent, same } from '../arithmetic.ts';
import { failing, type Part } from '../parts.ts';
import { isAvailability } from './own-availability.ts';

/** The manifest's side of a comparison. */
export interface DeclaredObjective {
  readonly name: string;
  readonly target?: number | undefined;
  readonly window?: string | undefined;
}

/** The specification in the file that the objective cites, or of its name, or the only one there is for the only objective. */
export function specificationOf(
  slo: Slo,
  index: number,
  only: boolean,
  specified: readonly SpecifiedSlo[],
  references: References,
): SpecifiedSlo | undefined {
  const cited = referencesUnder(references, `/slos/${index}/evidence`).flatMap(({ matches }) => matches);
  const inFile = specified.filter(({ at }) => cited.some(({ path, root }) => at.path === path && at.root === root));
  const candidates = inFile.length > 0 ? inFile : specified;
  const namesakes = candidates.filter(({ name }) => slo.id !== undefined && bare(name) === bare(slo.id));
  // One objective may be held to several numbers over different windows; the manifest's is one of them.
  const ofItsWindow = namesakes.find(({ window }) => sameWindow(slo.window, window));
  const byName =
    namesakes.find((it) => difference({ ...slo, name: it.name }, it) === undefined) ?? ofItsWindow ?? namesakes[0];
  const [first] = candidates;
  if (byName || !first || candidates.length > 1) return byName;
  return inFile.length === 1 || (only && isAboutTheSame(slo, first)) ? first : undefined;
}

/** An objective about latency is no specification of one about availability. */
function isAboutTheSame(slo: Slo, { name, sli }: SpecifiedSlo): boolean {
  return isAvailability(slo) === (sli !== 'latency' && isAvailability({ id: name }));
}

/** What stands about an objective and its specification: the same numbers, or not. */
export function compared(declared: DeclaredObjective, specified: SpecifiedSlo): Part {
  const differs = difference(declared, specified);
  if (differs === undefined) return { standing: 'verified', evidence: [specified.targetAt] };
  const fix = 'Decide which one is meant, and write it in both places or only in the specification.';
  const { name } = declared;
  return failing('contradicted', { message: `${name}: ${differs}`, at: specified.targetAt, fix, subject: name });
}

/** "the manifest says 99.95 % over 30d, the specification 99.90 % over 28d"; undefined where they agree. */
function difference({ target, window }: DeclaredObjective, specified: SpecifiedSlo): string | undefined {
  const agree = target === undefined || same(target, specified.target);
  if (agree && sameWindow(window, specified.window)) return undefined;
  const claimed = target === undefined ? '' : percent(target, specified.target);
  const written = target === undefined ? '' : percent(specified.target, target);
  return `the manifest says ${over(claimed, window)}, the specification ${over(written, specified.window)}`;
}

function over(share: string, window: string | undefined): string {
  return [share, window && `over ${window}`].filter(Boolean).join(' ');
}

/** A window that is not written, or in a form such as a calendar month, contradicts nothing. */
function sameWindow(a: string | undefined, b: string | undefined): boolean {
  const [left, right] = [milliseconds(a ?? ''), milliseconds(b ?? '')];
  return left === undefined || right === undefined || left === right;
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
