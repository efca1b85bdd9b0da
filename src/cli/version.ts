/** The version that was built in; `0.0.0` when run from source. */
declare const GONOGO_VERSION: string | undefined;

/** Version of this gonogo. */
export const VERSION: string = typeof GONOGO_VERSION === 'string' ? GONOGO_VERSION : '0.0.0';

declare const GONOGO_BUILD: string | undefined;

/** Digest of this very program; absent when run from source, where nobody knows what it is from one moment to the next. */
export const BUILD: string | undefined = typeof GONOGO_BUILD === 'string' ? GONOGO_BUILD : undefined;
