/** Raised with every incompatible change; a client of another version is asked to reload. A file of its own: pages need it, not the schemas. */
export const PROTOCOL_VERSION = 9;
