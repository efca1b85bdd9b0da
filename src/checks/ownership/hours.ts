/** What a team writes as the hours at which it is on call. */
const ROUND_THE_CLOCK =
  /^(24\s*[x×/*]\s*7(\s*[x×/*]\s*365)?|24h?\s*\/?\s*7d?|always|around the clock|round the clock)$/i;

/** Whether it is every hour of every day. */
export function isRoundTheClock(hours: string): boolean {
  return ROUND_THE_CLOCK.test(hours.trim());
}
