/** Google Cloud's alert policies. Few say a severity; notification channels are told. */
import type { Alert } from '../../alerts.ts';
import { type Block, type Nested, nested, textOf } from '../block.ts';
import { alertOf, labelsOf, type Note, noteIn, noteOf, offBy, targetsOf } from './draft.ts';
import { tellsSteps } from './message.ts';

/** Alert policies among the blocks of one repository. */
export function googleAlerts(blocks: readonly Block[]): readonly Alert[] {
  return blocks.filter(({ type }) => type === 'google_monitoring_alert_policy').map(alert);
}

function alert(block: Block): Alert {
  const kinds = nested(block, 'conditions').flatMap(({ blocks }) => blocks);
  const promql = kinds.find(({ type }) => type === 'condition_prometheus_query_language');
  const query = queryOf(kinds);
  const page = noteIn(nested(block, 'documentation'), 'content');
  const links = nested(block, 'documentation').flatMap((it) => nested(it, 'links'));
  return alertOf(block, {
    engine: 'google',
    name: textOf(block, 'display_name'),
    query,
    isPromql: promql !== undefined,
    metrics: kinds.flatMap((it) => metricsIn(textOf(it, 'filter') ?? textOf(it, 'query') ?? '')),
    counts: kinds.some((it) =>
      nested(it, 'aggregations').some((by) => /RATE|DELTA|COUNT/.test(textOf(by, 'per_series_aligner') ?? '')),
    ),
    holds: kinds.map((it) => textOf(it, 'duration')).find((it) => it !== undefined),
    labels: {
      ...labelsOf(block, 'user_labels'),
      severity: noteOf(block, 'severity') ?? labelsOf(block, 'user_labels').severity,
    },
    texts: {
      description: page,
      action: page && tellsSteps(page.text) ? page : undefined,
      runbook_url: runbookAmong(links),
    },
    sendsTo: targetsOf(block, ['notification_channels']),
    muted: offBy(block, 'enabled'),
  });
}

function queryOf(kinds: readonly Nested[]): Note | undefined {
  return kinds.map((it) => noteOf(it, 'query') ?? noteOf(it, 'filter')).find((it) => it !== undefined);
}

/** `metric.type="run.googleapis.com/request_latencies"`; a filter on logs may say it without quotes. */
function metricsIn(filter: string): readonly string[] {
  return [...filter.slice(0, 20_000).matchAll(/metric\.type\s*=\s*\\?"?([\w./-]+)|fetch\s+[\w_]+::([\w./-]+)/g)].map(
    ([, type, fetched]) => (type ?? fetched ?? '').replace(/^[\w.-]+\.com\//, ''),
  );
}

function runbookAmong(links: readonly Nested[]): Note | undefined {
  const named = links.filter((it) =>
    /run.?book|play.?book/i.test(`${textOf(it, 'display_name')} ${textOf(it, 'url')}`),
  );
  return noteIn(named, 'url');
}
