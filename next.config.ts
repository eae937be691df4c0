import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  agentRules: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  serverExternalPackages: ["@duckdb/node-api"],
  typescript: { ignoreBuildErrors: false },
  devIndicators: false,
};

export default config;
