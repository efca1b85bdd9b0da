import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Asking, type Owner, repositoriesOf } from '../../src/online/forges.ts';
import { OnlineError } from '../../src/online/online-error.ts';
import { forge, githubRepository, gitlabProject, type Served } from './forge-loopback.ts';
import { loopback, saying } from './loopback.ts';

const ASKING: Asking = { agent: 'gonogo/0', archived: false, forks: false, wait: async () => undefined };
const NEVER = 'https://elsewhere.test';

function github(url: string, more: Partial<Owner> = {}): Owner {
  return { forge: 'github', name: 'acme', web: url, api: `${url}/api/v3`, ...more };
}

function gitlab(url: string, more: Partial<Owner> = {}): Owner {
  return { forge: 'gitlab', name: 'acme/pay', web: url, api: `${url}/api/v4`, ...more };
}

async function failure(asking: Promise<unknown>): Promise<string> {
  const error = await asking.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(OnlineError);
  return (error as OnlineError).message;
}

/** Lists what GitHub would answer for acme. */
async function listing(served: Served, asking: Partial<Asking> = {}) {
  // What an organisation shows to everybody is there as well, and must not take the place of the rest.
  const server = await forge({ '/api/v3/orgs/acme/repos': served, '/api/v3/users/acme/repos': [] });
  const host = new URL(server.url).host;
  return { host, server, found: repositoriesOf([github(server.url)], { ...ASKING, ...asking }) };
}

describe('an organisation at GitHub', () => {
  it('is read to its last page, in the order of ids, each repository once', async () => {
    const names = Array.from({ length: 257 }, (_, index) => `acme/s${(index * 97) % 257}`);
    const entries = [...names, 'acme/s3', 'acme/s4'].map((name) => githubRepository(name));
    const { host, server, found } = await listing(entries);
    const { targets, notes } = await found;
    expect(targets.map(({ id }) => id)).toEqual(names.map((name) => `${host}/${name}`).sort());
    expect(targets[0]).toEqual({
      id: `${host}/acme/s0`,
      kind: 'git',
      location: `${server.url}/acme/s0.git`,
      archived: false,
      fork: false,
    });
    expect(notes).toEqual([]);
    expect(server.asked.map(({ path }) => path)).toEqual([
      '/api/v3/orgs/acme/repos?per_page=100&sort=full_name&direction=asc',
      '/api/v3/orgs/acme/repos?per_page=100&sort=full_name&direction=asc&page=2',
      '/api/v3/orgs/acme/repos?per_page=100&sort=full_name&direction=asc&page=3',
    ]);
  });

  it('may be a user', async () => {
    const server = await forge({ '/api/v3/users/acme/repos': [githubRepository('acme/a')] });
    expect((await repositoriesOf([github(server.url)], ASKING)).targets).toHaveLength(1);
  });

  it('that does not exist, or is hidden, is told so', async () => {
    const server = await forge({});
    const where = `the repositories of ${new URL(server.url).host}/acme could not be listed:`;
    expect(await failure(repositoriesOf([github(server.url)], ASKING))).toBe(
      `${where} there is no such organisation or user there, or it is private (GITHUB_TOKEN is not set)`,
    );
    expect(await failure(repositoriesOf([github(server.url, { token: 'ghp_token' })], ASKING))).toBe(
      `${where} there is no such organisation or user there, or the token may not see it`,
    );
  });

  it('is listed without what is archived or forked, which is counted, unless that is asked for', async () => {
    const entries = [
      githubRepository('acme/a'),
      githubRepository('acme/b', { archived: true }),
      githubRepository('acme/c', { fork: true }),
      githubRepository('acme/d', { archived: true, fork: true }),
    ];
    const { host, found } = await listing(entries);
    expect(await found).toMatchObject({
      targets: [{ id: `${host}/acme/a` }],
      notes: [
        `${host}/acme: left out 2 archived (--archived takes them in)`,
        `${host}/acme: left out 1 forked from elsewhere (--forks takes them in)`,
      ],
    });
    const all = await (await listing(entries, { archived: true, forks: true })).found;
    expect(all.notes).toEqual([]);
    expect(all.targets.map(({ archived, fork }) => [archived, fork])).toEqual([
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ]);
  });

  it('is asked with the token, which goes to nobody else', async () => {
    const server = await forge({ '/api/v3/orgs/acme/repos': [] });
    await repositoriesOf([github(server.url, { token: 'ghp_token' })], ASKING);
    expect(server.asked[0]?.headers).toMatchObject({ authorization: 'Bearer ghp_token' });
    const other = await loopback((_, response) => response.end('[]'));
    const redirecting = await loopback((_, response) => response.writeHead(302, { location: other.url }).end());
    const message = await failure(repositoriesOf([github(redirecting.url, { token: 'ghp_token' })], ASKING));
    expect(message).toContain(`leads to ${new URL(other.url).host}, which nobody named`);
    expect(other.asked).toEqual([]);
  });

  it('whose server refuses the token is told so', async () => {
    const server = await forge({ '/api/v3/orgs/acme/repos': (response) => response.writeHead(401).end() });
    const owner = github(server.url, { token: 'ghp_token' });
    expect(await failure(repositoriesOf([owner], ASKING))).toMatch(
      /could not be listed: the server refuses the token$/,
    );
  });

  it('follows its own host through a renaming', async () => {
    const server = await forge({
      '/api/v3/orgs/acme/repos': (response) =>
        response.writeHead(301, { location: '/api/v3/organizations/7/repos' }).end(),
      '/api/v3/organizations/7/repos': [githubRepository('new/a')],
    });
    const { targets } = await repositoriesOf([github(server.url)], ASKING);
    expect(targets.map(({ location }) => location)).toEqual([`${server.url}/new/a.git`]);
  });
});

describe('a group at GitLab', () => {
  it('is read with its subgroups, by keyset; what is archived is a list of its own', async () => {
    const server = await forge(
      {
        '/api/v4/groups/acme/pay/projects': (response, query) => {
          const archived = query.get('archived') === 'true';
          const link = `<${server.url}/api/v4/groups/acme%2Fpay/projects?id_after=7&archived=false>; rel="next"`;
          if (!archived && !query.has('id_after')) response.setHeader('link', link);
          const names = archived ? ['acme/pay/old'] : query.has('id_after') ? ['acme/pay/x/y'] : ['acme/pay/a'];
          const forked = { forked_from_project: { id: 1 } };
          response.end(JSON.stringify([...names.map((it) => gitlabProject(it)), gitlabProject('acme/pay/f', forked)]));
        },
      },
      2,
    );
    const host = new URL(server.url).host;
    const owner = gitlab(server.url, { token: 'glpat-token' });
    const { targets, notes } = await repositoriesOf([owner], { ...ASKING, forks: true });
    expect(targets).toEqual([
      {
        id: `${host}/acme/pay/a`,
        kind: 'git',
        location: `${server.url}/acme/pay/a.git`,
        archived: false,
        fork: false,
      },
      expect.objectContaining({ id: `${host}/acme/pay/f`, fork: true }),
      expect.objectContaining({ id: `${host}/acme/pay/x/y` }),
    ]);
    expect(notes).toEqual([`${host}/acme/pay: left out 2 archived (--archived takes them in)`]);
    expect(server.asked[0]?.path).toBe(
      '/api/v4/groups/acme%2Fpay/projects?include_subgroups=true&with_shared=false&archived=false&order_by=id&sort=asc&per_page=100&pagination=keyset',
    );
    expect(server.asked.map(({ headers }) => headers.authorization)).toEqual(Array(3).fill('Bearer glpat-token'));
  });

  it('whose server has no keyset for groups is read by pages', async () => {
    const server = await forge({
      '/api/v4/groups/acme/pay/projects': (response, query) => {
        if (query.has('pagination')) return response.writeHead(405).end();
        return response.end(JSON.stringify(query.get('archived') === 'false' ? [gitlabProject('acme/pay/a')] : []));
      },
    });
    expect((await repositoriesOf([gitlab(server.url)], ASKING)).targets).toHaveLength(1);
  });
});

describe('a server in trouble', () => {
  it('is waited for as long as it asks, within a patience', async () => {
    const waits: number[] = [];
    const date = 'Thu, 26 Nov 2026 10:00:00 GMT';
    const reset = Date.parse(date) / 1000;
    let count = 0;
    const served: Served = (response) => {
      count += 1;
      if (count === 1) return response.writeHead(403, { 'retry-after': '60' }).end();
      if (count === 2)
        return response
          .writeHead(403, { date, 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset + 9) })
          .end();
      return response.end(JSON.stringify([githubRepository('acme/a')]));
    };
    const { found } = await listing(served, { wait: async (ms) => waits.push(ms) });
    expect((await found).targets).toHaveLength(1);
    expect(waits).toEqual([60_000, 9_000]);
    const hour = { date, 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset + 3600) };
    const late = await listing((response) => response.writeHead(403, hour).end());
    expect(await failure(late.found)).toMatch(/answered 403 \(Forbidden\) and asks to wait 3600 s$/);
  });

  it('is asked again after a passing failure, on whichever page', async () => {
    let failed = false;
    const { found } = await listing((response, query) => {
      if (!query.has('page')) response.setHeader('link', '<?page=2>; rel=next');
      else if (!failed) {
        failed = true;
        return response.writeHead(500).end();
      }
      return response.end(JSON.stringify([githubRepository(`acme/s${query.get('page') ?? 1}`)]));
    });
    expect((await found).targets).toHaveLength(2);
  });

  it.each<[string, Served, RegExp]>([
    ['wrong JSON', (response) => response.end('[{"full_name": '), /did not answer with JSON$/],
    ['an object', (response) => response.end('{"message":"hi"}'), /did not answer with a list$/],
    [
      'far too many entries',
      (response) => response.end(`[${'0,'.repeat(200_000)}0]`),
      /with a page of 200001 entries$/,
    ],
    ['100 MB', (response) => response.end(Buffer.alloc(100 * 1024 * 1024, 32)), /sends more than 16 MB$/],
    ['a second page that fails', secondPage(503), /answered 503 .*\(asked 3 times\)$/],
    ['a second page that is not there', secondPage(404), /answered 404 \(Not Found\)$/],
    ['a next page elsewhere', next(`${NEVER}/x`), /is said to be elsewhere, which is not followed$/],
    ['a next page with a password', next('//ada:secret@HOST/x'), /is said to be elsewhere/],
    ['a next page that is no address', next('http://['), /is said to be elsewhere/],
    ['a next page that is a script', next('javascript:1'), /is said to be elsewhere/],
    [
      'itself as its next page',
      next('/api/v3/orgs/acme/repos?per_page=100&sort=full_name&direction=asc'),
      /in a circle$/,
    ],
  ])('that answers with %s is an error, never a shorter list', async (_, served, expected) => {
    expect(await failure((await listing(served)).found)).toMatch(expected);
  });

  it('whose list never ends is left', async () => {
    let pages = 0;
    const { found } = await listing((response) => {
      pages += 1;
      response.setHeader('link', `<?page=${pages}>; rel="next"`);
      response.end('[]');
    });
    expect(await failure(found)).toMatch(/has more than 1000 pages$/);
  });

  it('that breaks off is an error', async () => {
    const url = await saying('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n[');
    expect(await failure(repositoriesOf([github(url)], ASKING))).toMatch(/broke off before its answer was complete/);
  });

  it('that lists what is no repository is believed in nothing of it', async () => {
    const paths = [
      '../../etc',
      'acme/..',
      'acme/a\nb',
      'acme/a b',
      'acme/',
      '/a',
      'a',
      'a/b/c',
      'acme/-\u001b[31m',
      '',
    ];
    const wrong = [...paths.map((path) => githubRepository(path)), null, 7, 'acme/a', [], { full_name: 7 }];
    const { host, found } = await listing([...wrong, githubRepository('acme/-ok.')]);
    expect(await found).toMatchObject({
      targets: [{ id: `${host}/acme/-ok.` }],
      notes: [`${host}/acme: left out ${wrong.length} without a name that can be one`],
    });
  });
});

describe('whatever a server lists', () => {
  it('an address to clone is of the named host, and an id is plain', async () => {
    const pathLike = fc.string({ unit: fc.constantFrom('a', '/', '.', '-', '@', ':', '\\', '%', '\n', 'é', '?', '#') });
    const anything = fc.oneof(
      fc.record({ full_name: fc.oneof(pathLike, fc.anything()), archived: fc.anything(), fork: fc.anything() }),
      fc.anything(),
    );
    let entries: readonly unknown[] = [];
    const { server, host } = await listing((response) => response.end(JSON.stringify(entries)));
    await fc.assert(
      fc.asyncProperty(fc.array(anything, { maxLength: 8 }), async (made) => {
        entries = made;
        const { targets } = await repositoriesOf([github(server.url)], { ...ASKING, forks: true, archived: true });
        for (const { id, location } of targets) {
          expect(new URL(location).host).toBe(host);
          expect(new URL(location).href).toBe(location);
          expect(location).toBe(`http://${id}.git`);
        }
      }),
      { numRuns: 200 },
    );
  });
});

function next(target: string): Served {
  return (response) => {
    const host = response.req.headers.host ?? '';
    response.setHeader('link', `<${target.replace('HOST', host)}>; rel="next"`);
    response.end('[]');
  };
}

function secondPage(status: number): Served {
  return (response, query) => {
    if (query.has('page')) return response.writeHead(status).end();
    response.setHeader('link', '<?page=2>; rel="next"');
    return response.end(JSON.stringify([githubRepository('acme/a')]));
  };
}
