// As in server/env.ts.
const basePath = process.env.COLATENT_BASE_PATH?.trim().replace(/\/+$/, '') ?? '';

/** @type {import('next').NextConfig} */
export default {
  basePath,
  env: { COLATENT_BASE_PATH: basePath },
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // The server in server/main.ts compresses nothing twice: Next gzips pages and scripts, sockets stay raw.
  compress: true,
  // Pages rendered in the server's process share its Yjs: two copies in one process don't know each other's types.
  serverExternalPackages: ['yjs'],
  // Next gives browsers Node's Buffer wherever a script so much as names it. Yjs' library does, for Node alone.
  turbopack: { resolveAlias: { 'next/dist/compiled/buffer': { browser: false } } },
};
