import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cloneAddress } from '../../src/repo/clone-address.ts';

describe('an address to clone from', () => {
  it.each([
    ['https://host.test/acme/a.git', 'https://host.test/acme/a.git', 'https'],
    ['HTTPS://Host.test:8443/acme/a', 'https://host.test:8443/acme/a', 'https'],
    ['https://host.test/acme/./a', 'https://host.test/acme/a', 'https'],
    ['http://127.0.0.1:3000/a.git', 'http://127.0.0.1:3000/a.git', 'http'],
    ['http://[::1]:3000/a.git', 'http://[::1]:3000/a.git', 'http'],
    ['ssh://git@host.test/acme/a.git', 'ssh://git@host.test/acme/a.git', 'ssh'],
    ['ssh://git@host.test:22022/a', 'ssh://git@host.test:22022/a', 'ssh'],
    ['git@host.test:acme/a.git', 'git@host.test:acme/a.git', 'ssh'],
    ['host.test:acme/a.git', 'host.test:acme/a.git', 'ssh'],
    ['git@host.test:/srv/a.git', 'ssh://git@host.test/srv/a.git', 'ssh'],
  ])('%s is taken', (text, address, protocol) => {
    expect(cloneAddress(text)).toEqual({ ok: true, address, protocol });
  });

  it.each([
    'ext::sh -c touch% x',
    'ext::x',
    'fd::17',
    'https::https://host.test/a',
    '-oProxyCommand=x',
    '--upload-pack=x',
    'ssh://-oProxyCommand=x/a',
    'ssh://git@-oProxyCommand=x/a',
    'ssh://-l@host.test/a',
    '-oProxyCommand=x:a',
    'host.test:-x',
    'git@host.test:acme/-x',
    'ssh://host.test/',
    'ssh://git:secret@host.test/a',
    'https://ada:secret@host.test/a',
    'https://token@host.test/a',
    'https://host.test/a?x=1',
    'https://host.test/a#x',
    'https://host.test/',
    'https://host.test',
    'https://host.test/a b',
    'https://host.test/a\n',
    'https://host.test/a\u0000',
    'https://hóst.test/a',
    'http://host.test/a',
    'http://127.0.0.1.host.test/a',
    'http://localhost.test/a',
    'git://host.test/a',
    'ftp://host.test/a',
    'file:///srv/a',
    '/srv/a',
    '../a',
    'a',
    '',
    'C:\\a',
    `https://host.test/${'a'.repeat(2000)}`,
  ])('%j is refused', (text) => {
    expect(cloneAddress(text)).toMatchObject({ ok: false, reason: expect.stringMatching(/./) });
  });

  it('may be a path on this machine only where somebody said so', () => {
    expect(cloneAddress('/srv/a', { local: true })).toEqual({ ok: true, address: '/srv/a', protocol: 'file' });
    expect(cloneAddress('-/a', { local: true }).ok).toBe(false);
  });

  it('holds no flag, program, secret or way up, whatever it was made from', () => {
    const parts = [
      'https',
      'http',
      'ssh',
      'ext',
      'file',
      '://',
      '::',
      ':',
      '/',
      '@',
      '-',
      '..',
      '%2e',
      'host.test',
      '127.0.0.1',
      'a',
      '\\',
      '?',
      '#',
      ' ',
      '\n',
      '[',
      ']',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...parts), fc.string({ maxLength: 3 })), { maxLength: 12 }),
        (made) => {
          const read = cloneAddress(made.join(''));
          if (!read.ok) return;
          const { address, protocol } = read;
          expect(address).toMatch(/^[\x21-\x7e]+$/);
          expect(address).not.toMatch(/^[\w+.-]*::|^-|\/-|\/\.\.(\/|$)|[?#\\]/);
          if (protocol === 'ssh') expect(address).toMatch(/^(ssh:\/\/)?(\w[\w.-]*@)?([a-z0-9[][^/@]*)[:/]/i);
          else {
            const url = new URL(address);
            expect([url.href, url.username, url.password]).toEqual([address, '', '']);
            expect(
              protocol === 'https' ||
                ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname) ||
                /^127\./.test(url.hostname),
            ).toBe(true);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
