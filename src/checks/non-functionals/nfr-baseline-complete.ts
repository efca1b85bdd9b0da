/** Assesses whether each kind of non-functional requirement has a number with a unit. Whether the numbers are wise is for the team. */
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { defineCheck, missing } from '../define.ts';
import { list } from '../params.ts';
import { type Part, together } from '../parts.ts';
import { listed } from '../words.ts';
import { answerFor, DIMENSIONS } from './dimensions.ts';

export const check = defineCheck({
  summary:
    'Reads `nfrs` in the manifest: each kind needs a number in a unit of its kind. Latency may be any `latency_*` or, for a batch job, the time until it is done; data loss may be the `rpo` of every store.',
  needs: [],
  params: {
    kinds: list('kinds of requirement that need a number', [
      'availability',
      'latency',
      'throughput',
      'error_rate',
      'capacity',
      'data_loss',
    ]),
  },
  ofClaims: true,
  assess(subject) {
    const { claims, manifest, params, at } = subject;
    const wanted = DIMENSIONS.filter(({ name }) => params.kinds.includes(name));
    const answers = wanted.map((dimension) => ({ dimension, answer: answerFor(dimension, claims) }));
    if (answers.every(({ answer }) => answer.kind === 'silent')) {
      const message =
        'nobody can say whether the service is fast, reliable or large enough, because no number says what enough is';
      const fix = `Add \`nfrs:\` with a number for each of ${listed(wanted.map(({ name }) => name))}.`;
      return missing(unclaimed(manifest, 'a single non-functional requirement'), [
        { message, ...placed(claimPlace(subject, '/nfrs')), fix, subject: 'nfrs' },
      ]);
    }
    const parts = answers.map(({ dimension: { name, means, example }, answer }): Part => {
      if (answer.kind === 'number') return { standing: 'declared' };
      const message = answer.kind === 'silent' ? `${name}: no number says ${means}` : answer.trouble;
      const place = answer.kind === 'silent' ? at('/nfrs') : at(answer.pointer);
      return {
        standing: 'missing',
        problems: [{ message, at: place, fix: `Add a number, for example \`${example}\`.`, subject: name }],
      };
    });
    const numbers = answers.flatMap(({ answer }) => (answer.kind === 'number' ? [answer.text] : []));
    return together(
      parts,
      `numbers for ${numbers.length} of ${wanted.length} kinds${numbers.length > 0 ? `: ${numbers.join('; ')}` : ''}`,
      at('/nfrs'),
    );
  },
});
