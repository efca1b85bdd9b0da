/** How long an exception still holds, in words. Pure. */
import { daysBetween } from '../dates.ts';
import { counted } from './words.ts';

/** From how many days before its end a waiver is marked. */
const SOON = 14;

/** Whether the end is near, or past. */
export function endsSoon(asOf: string, expires: string): boolean {
  return daysBetween(asOf, expires) <= SOON;
}

/** "15 days left"; a waiver covers its last day too. */
export function daysLeft(asOf: string, expires: string): string {
  const days = daysBetween(asOf, expires);
  if (Number.isNaN(days)) return 'end not readable';
  if (days < 0) return `ended ${counted(-days, 'day')} ago`;
  return days === 0 ? 'last day' : `${counted(days, 'day')} left`;
}
