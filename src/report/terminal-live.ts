/** What `--live` asked running systems: each request with its answer, those to one path on one line. */

import { grouped } from '../grouped.ts';
import type { LiveRequest, ServiceReport } from '../model.ts';
import { flow, type Lines } from './layout.ts';
import type { Pen } from './pen.ts';
import { heading } from './terminal-rulings.ts';
import { counted } from './words.ts';

/** The requests, in order; nothing where nobody was asked. */
export function live({ live: asked }: ServiceReport, pen: Pen): Lines {
  if (!asked) return [];
  const { requests, at } = asked;
  const groups = grouped(requests, ({ host, path, status, trouble }) => [host, path, status, trouble].join(' '));
  const count = `${requests.length === 0 ? 'no request' : counted(requests.length, 'request')} to what runs, for ${at}`;
  return [...heading('ASKED', count, pen), ...[...groups.values()].flatMap((group) => line(group, pen))];
}

function line(group: readonly LiveRequest[], pen: Pen): Lines {
  const [first] = group;
  if (!first) return [];
  const { method, host, path, status, trouble, namedBy } = first;
  const times = group.length > 1 ? `${group.length} times,` : '';
  const ms = `${group.reduce((sum, it) => sum + it.ms, 0)} ms`;
  const by = namedBy === 'manifest' ? { text: '(named in the manifest)', paint: pen.dim } : undefined;
  const address = { text: `${method} ${host}${path}`, paint: pen.place };
  return flow(pen.width, [address, pen.signs.arrow, `${status ?? trouble ?? ''},`, times, ms, by], {
    indent: 2,
    hang: 4,
  });
}
