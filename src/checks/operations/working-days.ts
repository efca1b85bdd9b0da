/** Days from Monday to Friday; holidays are everybody's own. Pure. */
import { addDays } from '../../dates.ts';

/** The ISO date `count` working days after one. */
export function addWorkingDays(date: string, count: number): string {
  let [day, left] = [date, count];
  while (left > 0) {
    day = addDays(day, 1);
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
}

/** Whether a day is none of a weekend. */
export function isWorkingDay(date: string): boolean {
  return new Date(date).getUTCDay() % 6 !== 0;
}
