// Imports an operator's own module for the bundled command line, whose code has no `import` of its own (see load.js).
module.exports.importModule = (address) => import(address);
