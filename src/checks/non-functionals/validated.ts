/** What stands about one target at one stage: the tests that the manifest lists for it, and the results they cite. */
import type { LoadResult } from '../../evidence/load-results.ts';
import { referencesUnder } from '../../evidence/references/lookup.ts';
import type { Facts as References } from '../../evidence/references.ts';
import type { Nfrs, Stages, Validation } from '../../generated/service.ts';
import type { Place, Stage } from '../../model.ts';
import { failing, type Part } from '../parts.ts';
import type { Target } from './dimensions.ts';
import { loadWanted } from './load-wanted.ts';
import { type Cited, partOfValidation } from './validation.ts';

/** Stages in the order of a service's life, as far as they have tests. */
export const TESTED: readonly Stage[] = ['design', 'build', 'beta', 'live'];

/** All that the tests are held against. */
export interface Question {
  readonly references: References;
  readonly results: readonly LoadResult[];
  readonly stages: Stages;
  readonly nfrs: Nfrs | undefined;
  readonly asOf: string;
  at(pointer: string): Place;
}

/** The best of the stage's tests counts, unless one of them is disproved. */
export function validated(target: Target, stage: Stage, question: Question): Part {
  const { name, nfr, pointer } = target;
  const entries = (nfr.validated ?? []).flatMap((validation, index) =>
    stageOf(validation, question.stages) === stage ? [entry(target, validation, index, question)] : [],
  );
  const disproved = entries.find(({ standing }) => standing === 'contradicted');
  const best = disproved ?? entries.find(({ standing }) => standing === 'verified') ?? entries[0];
  if (best) return best;
  const message = `${name}: no test for ${stage} is written down`;
  const fix = `Add to \`validated\`: \`{ stage: ${stage}, env: …, on: YYYY-MM-DD, result: …, evidence: … }\`.`;
  return failing('missing', { message, at: question.at(pointer), fix, subject: `${name} ${stage}` });
}

function entry({ name, target, pointer }: Target, validation: Validation, index: number, question: Question): Part {
  const below = `${pointer}/validated/${index}`;
  const { asOf, nfrs, at } = question;
  const claimed = { name, target, validation, asOf, load: loadWanted(nfrs, name), place: at(below) };
  return partOfValidation(claimed, citedBy(`${below}/evidence`, question));
}

/** The stage that an entry names, else the one that the service was in on that day. */
function stageOf({ stage, on }: Validation, stages: Stages): Stage | undefined {
  if (stage) return stage;
  return TESTED.findLast((it) => {
    const begins = stages[it];
    return begins !== undefined && begins <= on;
  });
}

function citedBy(pointer: string, { references, results }: Question): Cited {
  const cited = referencesUnder(references, pointer);
  const places = cited.flatMap(({ matches }) => matches);
  const own = results.filter(({ at }) => places.some(({ path, root }) => at.path === path && at.root === root));
  return { references: cited, results: own };
}
