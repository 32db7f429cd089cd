/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // The server in server/main.ts compresses nothing twice: Next gzips pages and scripts, sockets stay raw.
  compress: true,
};
