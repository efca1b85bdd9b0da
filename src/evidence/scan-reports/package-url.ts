/** Package URLs, as bills of materials name packages: `pkg:maven/org.acme/ledger@1.2.3?type=jar`. */
import type { Component } from './report.ts';
import { ecosystemNamed, optional } from './values.ts';

const LONGEST = 1000;

/** The package that a URL names; undefined where it is none. */
export function packageOf(url: unknown): Component | undefined {
  if (typeof url !== 'string' || url.length > LONGEST || !url.startsWith('pkg:')) return undefined;
  const [path = ''] = url.slice('pkg:'.length).replace(/^\/+/, '').split(/[?#]/, 1);
  const at = path.lastIndexOf('@');
  // The scope of an npm package may stand there unescaped.
  const hasVersion = at > path.lastIndexOf('/') + 1;
  const [type = '', ...names] = (hasVersion ? path.slice(0, at) : path).split('/').map(unescaped);
  const ecosystem = ecosystemNamed(type);
  const name = names.filter((it) => it !== '').join(ecosystem === 'Maven' ? ':' : '/');
  if (name === '') return undefined;
  return {
    name: ecosystem === 'PyPI' ? name.toLowerCase().replace(/[-_.]+/g, '-') : name.slice(0, 300),
    ...(ecosystem && { ecosystem }),
    ...(hasVersion && optional('version', unescaped(path.slice(at + 1)))),
  };
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
