/** Addresses of databases: what is shown of one, what the driver gets, and whose line of a password file counts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  driverAddress,
  holdsPassword,
  isPostgres,
  passwordIn,
  shownAddress,
} from '../../src/store/postgres/address.ts';
import { trouble } from '../../src/store/postgres/trouble.ts';

const WHO = { host: 'db.example', port: 5432, database: 'ops', user: 'ada' };

describe('an address', () => {
  it('is told from a folder, and shown without user, password and parameters', () => {
    expect(['postgres://h/d', 'postgresql://h/d', 'history', './postgres', 'C:\\store'].map(isPostgres)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(shownAddress('postgres://ada:hunter2@db.example:5433/ops?sslmode=require')).toBe(
      'postgres://db.example:5433/ops',
    );
    expect(shownAddress('postgresql:///ops?host=/run/pg&password=hunter2')).toBe('postgres:///run/pg/ops');
    expect(() => shownAddress('postgres://[')).toThrow('the address of the store is none');
  });

  it('holds a password in either of its places', () => {
    expect(['postgres://a:b@h/d', 'postgres://h/d?password=b', 'postgres://a@h/d'].map(holdsPassword)).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('goes to the driver with what sslmode means to libpq, and with a password that it does not hold itself', () => {
    expect(driverAddress('postgres://h/d?sslmode=require', undefined)).toBe(
      'postgres://h/d?sslmode=require&uselibpqcompat=true',
    );
    expect(driverAddress('postgres://h/d?sslmode=no-verify', undefined)).toBe('postgres://h/d?sslmode=no-verify');
    expect(driverAddress('postgres:///d?host=/run', 'a&b')).toBe('postgres:///d?host=%2Frun&password=a%26b');
    expect(driverAddress('postgres://a:b@h/d', 'c')).toBe('postgres://a:b@h/d');
  });
});

describe('a password file', () => {
  it('gives what its first fitting line says, read as libpq reads it', () => {
    expect(
      passwordIn(
        '# db.example:5432:ops:ada:no\ndb.example:5432:other:ada:no\ndb.example:*:ops:ada:yes\n*:*:*:*:late',
        WHO,
      ),
    ).toBe('yes');
    expect(passwordIn('localhost:5432:*:*:sock', { ...WHO, host: '/run/pg' })).toBe('sock');
    expect(passwordIn('too:few', WHO)).toBeUndefined();
  });

  it('keeps any password that is escaped as its format wants, and is never an error', () => {
    fc.assert(
      fc.property(
        fc.string().filter((it) => !/[\r\n]/.test(it)),
        (password) => {
          const escaped = password.replace(/[\\:]/g, '\\$&');
          expect(passwordIn(`*:*:*:*:${escaped}`, WHO)).toBe(password);
        },
      ),
    );
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('\\', ':', '*', 'a', '\n') }),
        (text) => void passwordIn(text, WHO),
      ),
    );
  });
});

it('what goes wrong is a sentence without the password, whoever wrote it into the message', () => {
  expect(trouble(new Error('cannot use hunter2 as ada'), 'postgres://h/d', 'hunter2').message).toBe(
    'the store postgres://h/d fails: cannot use *** as ada',
  );
  const refused = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' });
  expect(trouble(refused, 'postgres://h/d', undefined).message).toBe(
    'the store postgres://h/d fails: nobody listens there',
  );
  expect(
    trouble(Object.assign(new Error('terminating connection'), { code: '57P01' }), 's', undefined).message,
  ).toContain('it went away meanwhile');
});
