/** Asks PagerDuty or Opsgenie who is on call in the coming days. */
import { type Heard, type LiveSource, readAs, type Target } from '../../live/live.ts';
import { opsgenieSchedule, pagerDutySchedule, type Schedule } from '../../live/schedules.ts';

/** Days that are asked for; rules look at as many or fewer. */
const ASKED_DAYS = 31;

const DAY = 86_400_000;

/** The schedule from the instant of the run on. */
export async function heardSchedule(target: Target, live: LiveSource): Promise<Heard<Schedule>> {
  const { what, address } = target;
  const id = encodeURIComponent(address);
  if (what === 'pagerduty') {
    const until = new Date(Date.parse(live.now) + ASKED_DAYS * DAY).toISOString();
    const heard = await live.json(target, `/schedules/${id}`, { since: live.now, until });
    return readAs(
      heard,
      pagerDutySchedule,
      `PagerDuty's answer on the schedule ${address} is not of the form that is known`,
    );
  }
  const identifierType = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(address) ? 'id' : 'name';
  const query = { identifierType, interval: String(ASKED_DAYS + 1), intervalUnit: 'days', date: live.now };
  const heard = await live.json(target, `/v2/schedules/${id}/timeline`, query);
  return readAs(
    heard,
    opsgenieSchedule,
    `Opsgenie's answer on the schedule ${address} is not of the form that is known`,
  );
}
