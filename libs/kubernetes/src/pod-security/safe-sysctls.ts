const OF_IPV4 = [
  ...['ip_local_port_range', 'ip_local_reserved_ports', 'ip_unprivileged_port_start', 'ping_group_range'],
  ...['tcp_fin_timeout', 'tcp_keepalive_intvl', 'tcp_keepalive_probes', 'tcp_keepalive_time'],
  ...['tcp_notsent_lowat', 'tcp_rmem', 'tcp_slow_start_after_idle', 'tcp_syncookies', 'tcp_wmem'],
];
const SAFE: ReadonlySet<string> = new Set(['kernel.shm_rmid_forced', ...OF_IPV4.map((name) => `net.ipv4.${name}`)]);

/** A sysctl that every kubelet sets for a pod, as of Kubernetes 1.37; `baseline` allows these and no others. */
export function isSafeSysctl(name: string): boolean {
  return SAFE.has(name);
}
