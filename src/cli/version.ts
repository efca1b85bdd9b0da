/** The version that was built in; `0.0.0` when run from source. */
declare const GONOGO_VERSION: string | undefined;

/** Version of this gonogo. */
export const VERSION: string = typeof GONOGO_VERSION === 'string' ? GONOGO_VERSION : '0.0.0';
