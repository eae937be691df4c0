/** The feeds a run was told to read. */
import { createDecoder } from "#lib/decode/decoder.ts";
import { createLineJoiner } from "#lib/decode/join-lines.ts";
import { createAgentLogsFeed, FOLLOW_TIMES } from "#lib/feeds/agent-logs/agent-logs-feed.ts";
import { openCluster } from "#lib/feeds/agent-logs/open-cluster.ts";
import { demoDayBefore, demoLines } from "#lib/feeds/demo/demo-lines.ts";
import { createDemoFeed } from "#lib/feeds/demo-feed.ts";
import type { FlowFeed } from "#lib/feeds/feed.ts";
import { createFileFeed } from "#lib/feeds/file/file-feed.ts";
import { FOLLOW_FILES } from "#lib/feeds/file/follow-files.ts";
import { type ReaderThread, startReaderThread } from "#lib/feeds/file/read-in-thread.ts";
import { createRelayFeed, RELAY_KEEPALIVE } from "#lib/feeds/relay/relay-feed.ts";
import { openStdin } from "#lib/feeds/stdin/open-stdin.ts";
import { createStdinFeed } from "#lib/feeds/stdin/stdin-feed.ts";
import type { EngineSettings } from "./engine-protocol.ts";

/** `now` = milliseconds since 1970; `startThread` of what reads large files. */
export function createFeeds(
  settings: Pick<EngineSettings, "files" | "follow" | "stdin" | "agentLogs" | "relays" | "demo">,
  now: number,
  startThread = (): ReaderThread => startReaderThread(),
): readonly FlowFeed[] {
  const decoder = createDecoder();
  const feeds: FlowFeed[] = [];
  if (settings.demo !== undefined) {
    const { seed, flows } = settings.demo;
    feeds.push(createDemoFeed({ seed, flows, until: now, lines: twoDays({ seed, until: now, flows }), decoder }));
  }
  if (settings.files.length > 0) {
    const joining = { createJoiner: createLineJoiner, startThread };
    feeds.push(
      createFileFeed({ paths: settings.files, decoder: createDecoder(), ...joining, ...(settings.follow ? { follow: FOLLOW_FILES } : {}) }),
    );
  }
  if (settings.stdin)
    feeds.push(createStdinFeed({ open: openStdin, decoder, joiner: createLineJoiner(), startTime: BigInt(now) * 1_000_000n }));
  if (settings.agentLogs !== undefined) {
    const { namespace, selector, sinceSeconds, silenceSeconds } = settings.agentLogs;
    const choice = { kubeconfig: settings.agentLogs.kubeconfig, context: settings.agentLogs.context };
    const begin = sinceSeconds === undefined ? undefined : `${new Date(now - sinceSeconds * 1000).toISOString().slice(0, 19)}Z`;
    const times = { ...FOLLOW_TIMES, silenceMs: silenceSeconds * 1000 };
    feeds.push(createAgentLogsFeed({ open: () => openCluster(choice), namespace, selector, begin, decoder, times }));
  }
  for (const relay of settings.relays) {
    feeds.push(
      createRelayFeed({
        address: relay.address,
        insecure: relay.insecure,
        hasCert: relay.cert !== undefined,
        // gRPC is loaded for those only who follow a relay
        open: async () => (await import("#lib/feeds/relay/open-relay.ts")).openRelay({ ...relay, ...RELAY_KEEPALIVE }),
        decoder,
      }),
    );
  }
  return feeds;
}

/** The last day comes first: it is what a person wants to see. */
function* twoDays(options: Parameters<typeof demoLines>[0]): Iterable<string> {
  yield* demoLines(options);
  yield* demoDayBefore(options);
}
