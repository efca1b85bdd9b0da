/** What is open: the rules that are not met, what was accepted for a time, and what rests on the manifest's word. */
import type { Finding, Ruling, Severity } from '../../model.ts';
import type { Context } from '../context.ts';
import type { Line, Mark, Section } from '../handover.ts';
import { group, joined, line, placesOf } from '../line.ts';

const WORST_FIRST: readonly Severity[] = ['critical', 'major', 'standard', 'off'];
/** What is not met, whatever was made of it. */
const OPEN: readonly Ruling[] = ['fail', 'waived', 'warn'];
/** Problems spelt out for one rule; the report has all. */
const MOST_PROBLEMS = 3;

/** The section on risks. */
export function risks(context: Context): Section {
  const { later, findings } = context.judged.report;
  const open = findings.filter(({ ruling }) => OPEN.includes(ruling)).length;
  const state = open === 0 ? 'Every rule that is due is met' : `${rules(open)} not met or could not be judged`;
  return {
    id: 'risks',
    title: 'Open risks',
    lead: later.length === 0 ? `${state}.` : `${state}; ${rules(later.length)} due at a later stage.`,
    groups: [
      ...group('Not met, and it blocks a release', unmet(context, 'fail')),
      ...group('Not met, and accepted for a time', unmet(context, 'waived')),
      ...group('Not met, or not to be judged from here', unmet(context, 'warn')),
      ...group("Met by the manifest's word alone", unmet(context, 'trust')),
    ],
  };
}

function rules(count: number): string {
  return count === 1 ? '1 rule is' : `${count} rules are`;
}

/** One line for each reason: what one lack does to ten rules is one thing to know. */
function unmet({ findings }: Context, ruling: Ruling): readonly Line[] {
  const own = [...findings.values()]
    .filter((finding) => finding.ruling === ruling && finding.standing !== 'not-applicable')
    .toSorted((a, b) => WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity));
  const byReason = new Map<string, readonly Finding[]>();
  for (const finding of own) {
    const key = `${finding.standing} ${finding.because}`;
    byReason.set(key, [...(byReason.get(key) ?? []), finding]);
  }
  return [...byReason.values()].map(riskLine);
}

function riskLine(same: readonly Finding[]): Line {
  const [first] = same as readonly [Finding, ...Finding[]];
  const statements = same.map(({ statement }) => statement).join(' ');
  const named =
    same.length === 1 ? first.rule : `${same.length} rules of ${[...new Set(same.map(({ area }) => area))].join(', ')}`;
  return line(
    `${first.severity}: ${named}`,
    first.ruling === 'trust' ? statements : `${statements} – ${reasonOf(first)}`,
    first.standing as Mark,
    {
      places: placesOf(first),
      ...(same.length > 1 && { because: same.map(({ rule }) => rule).join(', ') }),
    },
  );
}

/** What made the check decide, and the first problems, where they say more. */
function reasonOf({ because, problems }: Finding): string {
  const first = problems.slice(0, MOST_PROBLEMS).map(({ message }) => message);
  const more = problems.length - first.length;
  return [...new Set([because, ...first, ...(more > 0 ? [`${more} more`] : [])])].join('; ');
}

/** The section on waivers: that somebody answers until a day is what the waivers file says. */
export function waivers({ judged, findings }: Context): Section {
  const held = judged.report.waivers;
  return {
    id: 'waivers',
    title: 'Waivers',
    ...(held.length === 0 && { lead: 'No exception is in force.' }),
    groups: group(
      undefined,
      held.map(({ rule, scope, reason, owner, approvedBy, ticket, expires, at }) => {
        const covers =
          findings.get(rule)?.problems.some(({ waived }) => waived) || findings.get(rule)?.waiver !== undefined;
        const text = joined(
          [
            reason,
            `${owner} answers for it until ${expires}`,
            approvedBy && `agreed to by ${approvedBy}`,
            ticket,
            scope && `only ${scope}`,
            !covers && 'it covers nothing now',
          ],
          '; ',
        );
        return line(rule, text ?? reason, 'declared', { places: [at] });
      }),
    ),
  };
}
