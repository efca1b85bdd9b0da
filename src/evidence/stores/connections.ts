/** Stores that settings say the service speaks to, by the address of a connection. Keeps hosts and names, never a user or a password. */
import { productAt } from '../backing.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { isDocumentation, placeIn } from '../sources.ts';
import { settingOf } from '../workloads/environment.ts';
import type { Store } from './store.ts';

const SETTINGS = /\.(?:ya?ml|properties|toml|conf|ini|cfg|env)$|(?:^|\/)\.env(?:\.[\w-]+)?$/i;
/** Compose starts what it speaks to, and pipelines speak to what only they need. */
const OTHERS = /(?:^|\/)(?:docker-)?compose[^/]*$|^\.(?:github|circleci|gitlab)/i;
const ADDRESS =
  /(?:jdbc:)?(?:postgres(?:ql)?|postgis|mysql2?|mariadb|mongodb|cassandra|rediss?|valkeys?|memcached|amqps?|kafka|nats)(?:\+\w{1,20})?:\/\/[^\s"'`<>]{1,300}/gi;
const HERE =
  /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|::1|host\.docker\.internal|(?:.*\.)?example\.(?:com|org|net)|host|hostname|server)?$/i;
/** Largest file that is searched, in UTF-16 units, and most addresses of one. */
const LONGEST = 300_000;
const MOST = 50;

/** The stores of all settings, each address once in an environment. */
export function connectedStores(sources: Sources): readonly Store[] {
  const found = new Map<string, Store>();
  for (const file of sources.files) {
    if (file.class !== 'source' || !SETTINGS.test(file.path) || OTHERS.test(file.path) || isDocumentation(file.path))
      continue;
    const text = sources.text(file, []) ?? '';
    if (text.length > LONGEST || !text.includes('://')) continue;
    for (const store of storesIn(text, file, sources)) {
      const key = [store.product, store.environment, ...store.names].join('\0');
      if (!found.has(key)) found.set(key, store);
    }
  }
  return [...found.values()];
}

function storesIn(text: string, file: SourceFile, sources: Sources): readonly Store[] {
  const setting = settingOf(file, sources.manifest);
  return [...text.matchAll(ADDRESS)].slice(0, MOST).flatMap((match): readonly Store[] => {
    const product = productAt(match[0]);
    const names = namesIn(match[0]);
    const start = text.lastIndexOf('\n', match.index) + 1;
    if (!product || !names || /^\s*(?:#|\/\/|;)/.test(text.slice(start, match.index))) return [];
    const line = text.slice(0, match.index).split('\n').length;
    return [
      {
        name: names[0] ?? product.name,
        names,
        product: product.name,
        kind: product.kind === 'storage' ? 'bucket' : product.kind,
        basis: 'connected',
        by: 'the address of a connection',
        backups: [],
        safeguards: [],
        copies: [],
        expiries: [],
        ...setting,
        at: placeIn(file, line),
      },
    ];
  });
}

/** The host, the first part of it, and the database; undefined for an address of the machine itself. */
function namesIn(address: string): readonly string[] | undefined {
  const rest = address.slice(address.indexOf('://') + 3);
  const [authority = '', path = ''] = rest.split(/[?#]/)[0]?.split('/') ?? [];
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d+$/, '');
  if (HERE.test(host)) return undefined;
  const names = [host, host.split('.')[0] ?? '', path].filter((it) => it !== '' && /^[\w.-]+$/.test(it));
  return [...new Set(names)];
}
