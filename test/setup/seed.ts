/** Property tests draw the same examples on every run, so that a gate answers the same for the same commit; `npm run fuzz` draws new ones. A failure prints the seed it was found with, which becomes a test of its own. */
import fc from 'fast-check';

const random = process.env.PROPERTY_SEED === 'random';
fc.configureGlobal({ ...fc.readConfigureGlobal(), ...(random ? {} : { seed: 1 }) });
