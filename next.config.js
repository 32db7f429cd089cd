/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // The server in server/main.ts compresses nothing twice: Next gzips pages and scripts, sockets stay raw.
  compress: true,
  // Pages rendered in the server's process share its Yjs: two copies in one process don't know each other's types.
  serverExternalPackages: ['yjs'],
};
