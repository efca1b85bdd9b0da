/** The user's trouble, as opposed to the service's (a finding) and ours (a bug): one sentence, the place, the way out. */
export class InputError extends Error {
  /** Where it is, e.g. `gonogo.waivers.yaml:3:5` or `--as-of`. */
  readonly at: string;
  /** What the user can do about it. */
  readonly hint: string;

  constructor(what: string, at: string, hint: string) {
    super(what);
    this.name = 'InputError';
    this.at = at;
    this.hint = hint;
  }
}
