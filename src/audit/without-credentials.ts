/** Plain data without the users and passwords that addresses in it carry: what is kept on the disk holds no secret. Pure. */

/** A copy in which `https://user:password@host` is `https://host`, wherever it stands, and `?password=` says none; over SSH the user is no secret and stays. */
export function withoutCredentials<T>(data: T): T {
  return cleared(data) as T;
}

function cleared(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(USER, withoutSecret).replace(PARAMETER, '');
  if (Array.isArray(value)) return value.map(cleared);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cleared(item)]));
}

/** Up to the last `@` before the path: a password may hold one. */
const USER = /(?<=(ssh)?):\/\/([^/?#\s]*)@/gi;

/** Databases take it there as well. */
const PARAMETER = /(?<=[?&]password=)[^&#\s]*/gi;

function withoutSecret(_: string, ssh: string | undefined, user: string): string {
  const [name = ''] = user.split(':');
  return ssh === undefined ? '://' : `://${name}@`;
}
