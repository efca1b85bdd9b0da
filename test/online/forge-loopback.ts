/** A forge on the loopback address: lists of repositories page by page, as GitHub and GitLab serve them. */
import type { ServerResponse } from 'node:http';
import { type Loopback, loopback } from './loopback.ts';

/** What a path of the interface answers: entries in pages, or whatever a function makes of the request. */
export type Served = readonly unknown[] | ((response: ServerResponse, query: URLSearchParams) => unknown);

/** Serves lists by path, `size` entries on a page; every other path is not found. */
export function forge(lists: Readonly<Record<string, Served>>, size = 100): Promise<Loopback> {
  return loopback(({ path, headers }, response) => {
    const url = new URL(path, `http://${headers.host}`);
    const served = lists[decodeURIComponent(url.pathname)];
    if (served === undefined) return response.writeHead(404).end('{"message":"Not Found"}');
    if (typeof served === 'function') return served(response, url.searchParams);
    const page = Number(url.searchParams.get('page') ?? '1');
    if (page * size < served.length) {
      url.searchParams.set('page', String(page + 1));
      response.setHeader('link', `<${url.origin}/?page=1>; rel="first", <${url.href}>; rel="next"`);
    }
    return response.end(JSON.stringify(served.slice((page - 1) * size, page * size)));
  });
}

/** An entry of GitHub's list; addresses in it lead elsewhere, and nobody should follow them. */
export function githubRepository(path: string, more: Readonly<Record<string, unknown>> = {}): unknown {
  const elsewhere = 'https://elsewhere.test/stolen';
  return { full_name: path, archived: false, fork: false, html_url: elsewhere, clone_url: elsewhere, ...more };
}

/** An entry of GitLab's list. */
export function gitlabProject(path: string, more: Readonly<Record<string, unknown>> = {}): unknown {
  return { path_with_namespace: path, http_url_to_repo: 'https://elsewhere.test/stolen.git', ...more };
}
