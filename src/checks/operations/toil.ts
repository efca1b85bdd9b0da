/** How much working time the work done by hand again and again takes. Pure arithmetic; knows no manifest. */
import { milliseconds } from '../../dates.ts';

const WEEK = 7 * 86_400_000;
/** Hours that one person works in a week. */
const HOURS = 40;

/** Milliseconds a week for something that takes so long and is done so often; undefined where one of the two is none, or it is never done. */
export function perWeek(takes: string | undefined, every: string | undefined): number | undefined {
  const [time, gap] = [milliseconds(takes ?? ''), milliseconds(every ?? '')];
  return time === undefined || gap === undefined || gap <= 0 ? undefined : (time / gap) * WEEK;
}

/** Share of the working time of so many people, in percent; undefined for nobody. */
export function shareOfWork(weekly: number, people: number): number | undefined {
  return people > 0 ? (weekly / (people * HOURS * 3_600_000)) * 100 : undefined;
}
