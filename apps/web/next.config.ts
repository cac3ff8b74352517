import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

const config: NextConfig = {
  turbopack: { root: repositoryRoot },
  outputFileTracingRoot: repositoryRoot,
  poweredByHeader: false,
  agentRules: false,
  // What the proxy does not see. Pages and answers have their own.
  headers: () =>
    Promise.resolve(
      ['/_next/static/:path*', '/icon.svg'].map((source) => ({
        source,
        headers: [{ key: 'x-content-type-options', value: 'nosniff' }],
      })),
    ),
  // A step of its own: `npm run typecheck`.
  typescript: { ignoreBuildErrors: true },
};

export default config;
