/** The path under which a proxy shows the site, such as `/lab`; empty at the root. Pages know it since they were built. */
const basePath = process.env.COLATENT_BASE_PATH ?? '';

/** Where a path of this site, such as `/api/health`, is found by a browser. */
export const addressOf = (path: string): string => basePath + path;
