/** Reads the target of a link as it is written: which repository, which path, which section. Looks nothing up. Pure. */
import { isStub } from '../pages/stub.ts';

/** A target taken apart. */
export type LinkTarget =
  /** Empty, `TODO`, an example host, this machine. */
  | { readonly kind: 'placeholder' }
  /** Part of it is filled in later: a label, a chart value, a shortcode. */
  | { readonly kind: 'templated' }
  /** Words, not an address: remediation written where a link could stand. */
  | { readonly kind: 'text' }
  /** Meant as an address and mistyped, e.g. `link:https://…`. */
  | { readonly kind: 'malformed' }
  /** Another scheme, such as mail. */
  | { readonly kind: 'scheme' }
  | { readonly kind: 'url'; readonly url: string; readonly anchor?: string }
  | HostedTarget
  | { readonly kind: 'path'; readonly path: string; readonly rooted: boolean; readonly anchor?: string };

/** A page of a repository on a forge. */
export interface HostedTarget {
  readonly kind: 'hosted';
  readonly forge: 'github' | 'other';
  /** `org/name`. */
  readonly repository: string;
  /** Paths it may mean, likeliest first: a branch's name may hold slashes. Empty text is the repository's front page. */
  readonly paths: readonly string[];
  readonly url: string;
  readonly anchor?: string;
}

/** Longer texts are no addresses. */
const LONGEST = 2000;

const NO_TARGET =
  /^(?:|#|-|null|nil|none|undefined|n\/?a|not applicable|https?:\/\/|https?:\/\/(?:todo|tbd|fixme|changeme|placeholder)\b.*)$/i;
const NO_HOST =
  /^(?:(?:[\w-]+\.)*example(?:\.(?:com|org|net|edu|invalid|test))?|(?:[\w.-]+\.)?(?:invalid|test|localhost)|localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1\]|(?:[\w-]+\.)*(?:your|my)-?(?:company|org|organisation|organization|domain|wiki|site)\b[\w.-]*)$/i;
/** Go's templates may have other delimiters where Prometheus' own are to be kept: `[[ .RunbookURL ]]`. */
const TEMPLATED = /\[\[-?\s*[.$]|\{\{|\}\}|\$\{|\$\(|<%|%\(\w+\)s|\{%|\$labels\b|\$Values\b/;

/** Takes a target apart; `asWords` says that words may stand there too, as in an alert's annotation. */
export function linkTarget(written: string | null | undefined, asWords = false): LinkTarget {
  const target = (written ?? '').trim();
  if (target.length > LONGEST) return { kind: 'text' };
  if (NO_TARGET.test(target) || isStub(target) || /^<[^>]*>$/.test(target)) return { kind: 'placeholder' };
  if (TEMPLATED.test(target)) return { kind: 'templated' };
  if (/^(?:link:|\[+|url:)\s*https?:|^https?:\/?[^/]|^https?\/\/|^htt?ps?s?:\/\/(?<!https?:\/\/)/i.test(target))
    return { kind: 'malformed' };
  if (/^https?:\/\/|^\/\//i.test(target)) return fromUrl(target.replace(/^\/\//, 'https://'));
  if (/^[a-z][a-z0-9+.-]*:(?!\\)/i.test(target) && !/^repo:/.test(target))
    return asWords && /\s/.test(target) ? { kind: 'text' } : { kind: 'scheme' };
  if (asWords && !isAddress(target)) return { kind: 'text' };
  return fromPath(target);
}

/** One word that looks like a path or a file; a sentence with a slash in it does not. */
function isAddress(target: string): boolean {
  return !/\s/.test(target) && /[/#]|\.(?:mdx?|markdown|html?|adoc|rst|txt|pdf)$/i.test(target);
}

function fromPath(target: string): LinkTarget {
  const { path, anchor } = cut(target);
  return { kind: 'path', path: decoded(path), rooted: path.startsWith('/'), ...(anchor !== undefined && { anchor }) };
}

function fromUrl(target: string): LinkTarget {
  if (/\s/.test(target)) return { kind: 'malformed' };
  const { path: url, anchor } = cut(target);
  const [, host = '', rest = ''] = /^https?:\/\/(?:[^/@]*@)?([^/:]*)(?::\d+)?(?:\/(.*))?$/i.exec(url) ?? [];
  if (host === '' || NO_HOST.test(host)) return { kind: 'placeholder' };
  const page = pageOf(host.toLowerCase(), rest.replace(/\/+$/, '').split('/').map(decoded));
  const address = { url, ...(anchor !== undefined && { anchor }) };
  return page ? { kind: 'hosted', ...page, ...address } : { kind: 'url', ...address };
}

/** Path and section; a query is part of neither. */
function cut(target: string): { readonly path: string; readonly anchor?: string } {
  const hash = target.indexOf('#');
  const path = (hash === -1 ? target : target.slice(0, hash)).replace(/\?.*$/, '');
  const anchor = hash === -1 ? '' : target.slice(hash + 1);
  return anchor === '' ? { path } : { path, anchor };
}

type Page = Pick<HostedTarget, 'forge' | 'repository' | 'paths'>;

/** GitHub, GitLab and what is laid out like them; undefined for pages that are no file of a repository. */
function pageOf(host: string, parts: readonly string[]): Page | undefined {
  const dash = parts.indexOf('-');
  if (dash >= 2 && /^(?:blob|tree|raw)$/.test(parts[dash + 1] ?? ''))
    return page('other', parts.slice(0, dash), parts.slice(dash + 2));
  if (host === 'raw.githubusercontent.com' && parts.length > 3)
    return page('github', parts.slice(0, 2), parts.slice(2));
  const forge = /(?:^|\.)github\./.test(host) ? 'github' : 'other';
  if (parts.length >= 4 && /^(?:blob|tree|raw|edit|blame)$/.test(parts[2] ?? ''))
    return page(forge, parts.slice(0, 2), parts.slice(3));
  if (host === 'bitbucket.org' && parts[2] === 'src' && parts.length > 3)
    return page('other', parts.slice(0, 2), parts.slice(3));
  return parts.length === 2 && /^(?:www\.)?(?:github|gitlab)\.com$/.test(host)
    ? { forge, repository: parts.join('/'), paths: [''] }
    : undefined;
}

/** What follows the branch; its name is one part or, less often, up to three. */
function page(forge: HostedTarget['forge'], repository: readonly string[], rest: readonly string[]): Page {
  const paths = [1, 2, 3].filter((count) => count <= rest.length).map((count) => rest.slice(count).join('/'));
  return {
    forge,
    repository: repository.join('/').replace(/\.git$/, ''),
    paths: paths.filter((path, index) => path !== '' || index === 0),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
