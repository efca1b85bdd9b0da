/**
 * OpenMetrics: gauges on each service, for Prometheus' textfile collector or whoever scrapes a file. Days are given as the Unix
 * time at which they end or begin, never as an age, because the file grows old between two runs; samples have no timestamps.
 */

import { distinct } from '../grouped.ts';
import type { Report } from '../model.ts';
import type { Format } from './format.ts';
import { FAMILIES, type Family } from './metric-families.ts';
import { familyHead, labelText } from './metric-text.ts';
import { serviceLabels } from './service-labels.ts';

/** The metrics' format. */
export const format: Format = {
  summary: 'OpenMetrics: gauges for Prometheus, e.g. for the textfile collector of node_exporter',
  extension: 'prom',
  render,
};

function render(report: Report): string {
  const labels = serviceLabels(report.services);
  const whose = report.services.map(({ service: { dir, tier } }, index) =>
    labelText({ repo: report.repo.name, service: labels[index] ?? '', folder: dir, tier: `${tier}` }),
  );
  return `${FAMILIES.map((family) => familyText(family, whose, report)).join('')}# EOF\n`;
}

/** Whatever a family says twice of the same labels, the first holds: a reader refuses a whole file over one repetition. */
function familyText(family: Family, whose: readonly string[], report: Report): string {
  const lines = report.services.flatMap((judged, index) =>
    family.samples(judged, report).map(([labels, value]) => ({
      labels: [whose[index], labelText(labels)].filter(Boolean).join(','),
      value,
    })),
  );
  const once = distinct(lines, ({ labels }) => labels);
  return once.length === 0
    ? ''
    : familyHead(family) + once.map(({ labels, value }) => `${family.name}{${labels}} ${value}\n`).join('');
}
