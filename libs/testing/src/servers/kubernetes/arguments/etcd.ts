import type { ControlPlaneLayout } from '../layout.ts';

/**
 * Without fsync: fast, and a development cluster may forget its last second when the power goes. The peer port may be
 * another one at each start: a single member has no peers. `--force-new-cluster` must stay away, for it throws away what
 * was acknowledged last.
 */
export function etcdArguments({ etcdData }: ControlPlaneLayout, port: number, peerPort: number): readonly string[] {
  const [client, peer] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peerPort}`];
  return [
    `--data-dir=${etcdData}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    '--unsafe-no-fsync',
    '--log-level=warn',
  ];
}
