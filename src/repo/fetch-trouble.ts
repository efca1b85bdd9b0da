/** What git's last words say of a fetch that failed: which trouble it is, and a sentence for a person. */

/** `damaged`, `objects` and `hash` are about the clone; all others are the server's answer, and another clone changes nothing. */
export type FetchTrouble =
  | 'absent'
  | 'denied'
  | 'unknown-host'
  | 'no-connection'
  | 'silent'
  | 'untrusted'
  | 'no-commit'
  | 'not-git'
  | 'moved'
  | 'not-allowed'
  | 'incomplete'
  | 'broken'
  | 'full'
  | 'no-git'
  | 'objects'
  | 'hash'
  | 'damaged';

/** In this order: the first that is found counts. */
const SIGNS: readonly (readonly [FetchTrouble, RegExp])[] = [
  ['no-git', /\bENOENT\b/],
  ['full', /no space left on device|disk quota exceeded/i],
  ['unknown-host', /could not resolve host/i],
  ['untrusted', /certificate|host key verification failed|SSL connect error|TLS connect error/i],
  ['moved', /unable to update url base from redirection|requested URL returned error: 30\d/i],
  ['not-allowed', /transport '[^']*' not allowed|protocol "?[^"]*"? (?:is )?(?:not supported|disabled)/i],
  [
    'denied',
    /authentication failed|could not read (?:username|password)|requested URL returned error: 40[13]|permission denied|access denied/i,
  ],
  ['absent', /repository '[^']*' not found|repository not found|could not be found|does not (?:appear to be|exist)/i],
  ['no-commit', /couldn't find remote ref|not our ref|no such ref|unadvertised object/i],
  ['silent', /timed out|too slow|timeout/i],
  [
    'no-connection',
    /failed to connect|couldn't connect|could not connect|connection refused|no route to host|network is unreachable/i,
  ],
  ['not-git', /not valid: is this a git repository|dumb http transport|bad line length|invalid server response/i],
  ['incomplete', /possible repository corruption on the remote side/i],
  ['hash', /mismatched algorithms/i],
  ['objects', /fsck error|: (?:[a-z]+[A-Z]\w*): /],
  ['broken', /requested URL returned error|RPC failed|early EOF|hung up|disconnect|connection reset|empty reply/i],
];

/** Longest text that is looked at, in UTF-16 units: a server may send any number of lines along. */
const LONGEST = 20_000;

/** The trouble that git's words tell of. */
export function troubleIn(said: string): FetchTrouble {
  const text = said.slice(-LONGEST);
  return SIGNS.find(([, sign]) => sign.test(text))?.[0] ?? 'damaged';
}

/** What is known about the fetch besides. */
export interface FetchAttempt {
  /** Whether a token went along. */
  readonly token: boolean;
  /** The branch, tag or commit that was asked for. */
  readonly ref: string | undefined;
  /** git's words, without secrets and paths. */
  readonly said: string;
}

/** Why it could not be fetched, as the end of a row: a sentence without a name. */
export function sentenceFor(trouble: FetchTrouble, { token, ref, said }: FetchAttempt): string {
  switch (trouble) {
    case 'absent':
      return token ? 'it was not found, or the token may not see it' : 'it was not found, or only some may see it';
    case 'denied':
      return token
        ? 'its server refuses the token, or the token may not see it'
        : 'its server asks who wants it: it does not exist or is private, and no token of its server is set';
    case 'unknown-host':
      return 'the name of its host is not known here';
    case 'no-connection':
      return 'its host does not accept a connection';
    case 'silent':
      return 'its server did not answer in time';
    case 'untrusted':
      return 'its server cannot prove who it is: its certificate or host key is not trusted here';
    case 'no-commit':
      return ref === undefined ? 'there is no commit in it' : `there is no branch, tag or commit "${ref}" in it`;
    case 'not-git':
      return 'what answers there is no git server that can give a part of the history';
    case 'moved':
      return 'its server redirects to another address, and a token does not go along; name the new address';
    case 'not-allowed':
      return 'its address leads to a way of fetching that is not allowed';
    case 'full':
      return 'the disk on which clones are kept is full';
    case 'no-git':
      return 'git is not installed, or not on the PATH';
    case 'incomplete':
      return 'its server does not hold all that belongs to it';
    case 'broken':
      return 'its server broke off, twice';
    case 'objects':
    case 'hash':
    case 'damaged':
      return `git could not fetch it: ${lastWords(said)}`;
  }
}

function lastWords(said: string): string {
  const lines = said
    .slice(-LONGEST)
    .split(/[\r\n]+/)
    .map((line) => line.trim());
  const fatal = lines.findLast((line) => /^(fatal|error): /.test(line)) ?? lines.findLast((line) => line !== '') ?? '';
  return fatal.replace(/^(fatal|error): /, '').slice(0, 300);
}
