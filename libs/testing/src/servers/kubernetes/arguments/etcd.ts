import type { ControlPlaneLayout } from '../layout.ts';

/** Without fsync: fast, and a development cluster may forget its last second when the power goes. */
export function etcdArguments({ etcdData }: ControlPlaneLayout, port: number, peerPort: number): readonly string[] {
  const [client, peer] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peerPort}`];
  return [
    `--data-dir=${etcdData}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    // The peer port changes from start to start; a single member may simply say so.
    '--force-new-cluster',
    '--unsafe-no-fsync',
    '--log-level=warn',
  ];
}
