/** Assesses whether every dependency is waited for with a bound, and whether the cited configuration shows the same bound. */
import type { Facts } from '../../evidence/claimed-numbers.ts';
import type { Place } from '../../model.ts';
import { defineCheck } from '../define.ts';
import { flag } from '../params.ts';
import { type Part, together } from '../parts.ts';
import { counted } from '../words.ts';
import { type Listed, listDependencies, withoutDependencies } from './listed.ts';
import { numbersFor, type Showing, showingTime } from './shown.ts';

/** What the timeouts of one dependency are held against. */
interface Question {
  readonly facts: Facts;
  readonly ids: readonly string[];
  readonly connect: boolean;
  at(pointer: string): Place;
}

export const check = defineCheck({
  summary:
    "Reads `timeout` of every dependency but files. A number is shown when a file that `timeout.evidence` or the dependency's `evidence` names has it next to a timeout key, in any unit; another number there contradicts it only when it is the only one. Prose, tests, vendored and example files show nothing.",
  needs: ['claimed-numbers'],
  params: { connect: flag('whether the time to connect needs a bound of its own', true) },
  ofClaims: true,
  assess(subject) {
    const { evidence, params, at } = subject;
    const nothing = withoutDependencies(
      subject,
      'a call without a timeout waits as long as the other side likes, and takes a thread with it',
    );
    if (nothing) return nothing;
    const dependencies = listDependencies(subject).filter(({ dependency }) => dependency.kind !== 'file');
    const question = {
      facts: evidence['claimed-numbers'].facts,
      ids: dependencies.map(({ dependency }) => dependency.id),
      connect: params.connect,
      at,
    };
    const parts = dependencies.map((it) => assessTimeouts(it, question));
    const count = (standing: Part['standing']): number => parts.filter((part) => part.standing === standing).length;
    const said = [
      `${count('verified')} shown by configuration`,
      `${count('declared')} by the manifest alone`,
      `${count('contradicted')} contradicted`,
      `${count('missing')} incomplete`,
    ].filter((it) => !it.startsWith('0 '));
    return together(
      parts,
      `timeouts of ${counted(parts.length, 'dependency', 'dependencies')}: ${said.join(', ') || 'all are files'}`,
      at('/dependencies'),
    );
  },
});

/** Whether one dependency is waited for with a bound, and whether the cited configuration shows it. */
export function assessTimeouts({ dependency, pointer }: Listed, { facts, ids, connect, at }: Question): Part {
  const { id, timeout } = dependency;
  const gaps = [timeout?.request ? '' : 'request', timeout?.connect || !connect ? '' : 'connect'].filter(Boolean);
  if (gaps.length > 0) {
    const message = gaps.includes('request')
      ? `${id}: nothing bounds how long a request waits`
      : `${id}: nothing bounds how long connecting takes, so a host that is gone holds callers up`;
    const fix = `Add ${gaps.map((gap) => `\`timeout.${gap}\``).join(' and ')}, and \`timeout.evidence\` with the file that sets it.`;
    return { standing: 'missing', problems: [{ message, at: at(`${pointer}/timeout`), fix, subject: id }] };
  }
  const numbers = numbersFor(facts, [`${pointer}/timeout/evidence`, `${pointer}/evidence`], id, ids);
  const showings = (['connect', 'request'] as const).flatMap((topic) => {
    const declared = timeout?.[topic];
    return declared === undefined ? [] : [{ topic, declared, showing: showingTime(numbers, topic, declared) }];
  });
  const problems = showings.flatMap(({ topic, declared, showing }) =>
    differing(id, `${topic} timeout`, declared, showing),
  );
  const evidence = showings.flatMap(({ showing }) => (showing.state === 'silent' ? [] : [showing.at]));
  if (problems.length > 0) return { standing: 'contradicted', evidence, problems };
  return { standing: showings.every(({ showing }) => showing.state === 'shown') ? 'verified' : 'declared', evidence };
}

function differing(id: string, what: string, declared: string, showing: Showing): NonNullable<Part['problems']> {
  if (showing.state !== 'differs') return [];
  const fix = "Make the manifest and the configuration agree; every sum over timeouts uses the manifest's number.";
  return [
    {
      message: `${id}: the manifest says ${what} ${declared}, this file says ${showing.text}`,
      at: showing.at,
      fix,
      subject: id,
    },
  ];
}
