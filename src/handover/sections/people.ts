/** Who answers for it, who is woken, and who is next. */
import { type Context, manifestName } from '../context.ts';
import type { Line, Section } from '../handover.ts';
import { claimed, group, joined, partOf, ruled, section } from '../line.ts';

/** The section. */
export function people(context: Context): Section {
  const groups = [
    ...group('The team', team(context)),
    ...group('On call, and who is next', onCall(context)),
    ...group('Where users get help', support(context)),
  ];
  return section('people', 'People and escalation', groups, `${manifestName(context)} says who answers for it.`);
}

function team(context: Context): readonly Line[] {
  const { owner, leads = {} } = context.claims;
  return [
    ...(owner
      ? claimed(context, 'Owner', owner.team, '/owner/team', { part: partOf(context, 'ownership/owner-named') })
      : ruled(context, 'Owner', 'ownership/owner-named')),
    ...claimed(context, 'How to reach it', owner?.contact, '/owner/contact'),
    ...Object.entries(leads).flatMap(([area, who]) => claimed(context, `Leads ${area}`, who, `/leads/${area}`)),
    ...ruled(context, 'Who reviews changes', 'ownership/codeowners-covers-service'),
  ];
}

function onCall(context: Context): readonly Line[] {
  const { oncall, escalation = [] } = context.claims;
  const rota =
    oncall &&
    joined([
      oncall.hours,
      oncall.provider && `through ${oncall.provider}`,
      oncall.ref && `schedule ${oncall.ref}`,
      oncall.participants !== undefined && `${oncall.participants} people take turns`,
    ]);
  return [
    ...claimed(context, 'On call', rota, '/oncall'),
    ...escalation.flatMap(({ level, who, contact, after }, index) =>
      claimed(
        context,
        after === undefined ? `Level ${level ?? index + 1}` : `Level ${level ?? index + 1}, after ${after}`,
        joined([who, contact]),
        `/escalation/${index}`,
      ),
    ),
  ];
}

function support(context: Context): readonly Line[] {
  return (context.claims.support?.channels ?? []).flatMap(({ kind, ref, hours, response_time: within }, index) =>
    claimed(
      context,
      kind ?? 'Channel',
      joined([ref, hours, within && `an answer within ${within}`]),
      `/support/channels/${index}`,
    ),
  );
}
