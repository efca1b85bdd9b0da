/** How campaigns stand, in words: one table over all, and who is furthest behind. Pure. */
import { daysBetween } from '../dates.ts';
import type { CampaignProgress } from '../model-audit.ts';
import type { DigestSection } from './digest-page.ts';
import { counted, percent } from './words.ts';

/** Services that are named for each campaign. */
const NAMED = 3;

/** The parts of a page on campaigns; none where there are none. */
export function campaignSections(campaigns: readonly CampaignProgress[], asOf: string): readonly DigestSection[] {
  if (campaigns.length === 0) return [];
  return [
    {
      id: 'campaigns',
      title: 'Campaigns',
      lead: `${counted(campaigns.length, 'campaign')}.`,
      columns: ['Campaign', 'Met', 'Services done', 'Deadline', 'Forecast', 'Furthest behind'],
      rows: campaigns.map((it) => [
        it.owner === undefined ? it.title : `${it.title} (${it.owner})`,
        metWords(it),
        `${it.done} of ${it.services}`,
        deadlineWords(it, asOf),
        forecastWords(it),
        laggingWords(it),
      ]),
    },
  ];
}

/** All of it in one line behind its title. */
export function standingWords(campaign: CampaignProgress, asOf: string): string {
  const { owner, done, services, forecast } = campaign;
  const lead = owner === undefined ? '' : `, led by ${owner}`;
  return `${metWords(campaign)} met, ${done} of ${counted(services, 'service')} done${lead}; until ${deadlineWords(campaign, asOf)}; ${forecast === undefined ? 'no forecast' : 'forecast'}: ${forecastWords(campaign)}`;
}

function metWords({ met, applicable }: CampaignProgress): string {
  return `${met} of ${applicable} (${percent(met, applicable)} %)`;
}

function deadlineWords({ deadline }: CampaignProgress, asOf: string): string {
  const days = daysBetween(asOf, deadline);
  return `${deadline} (${days < 0 ? `${counted(-days, 'day')} ago` : `${counted(days, 'day')} left`})`;
}

/** The day, whether that is in time, and what it is drawn from. */
function forecastWords({ forecast, deadline, because }: CampaignProgress): string {
  if (forecast === undefined) return because;
  return `${forecast}, ${forecast <= deadline ? 'in time' : 'too late'} (${because})`;
}

function laggingWords({ lagging }: CampaignProgress): string {
  const named = lagging.slice(0, NAMED).map(({ service, rules }) => `${service} (${rules.length})`);
  const rest = lagging.length - named.length;
  return [...named, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}
