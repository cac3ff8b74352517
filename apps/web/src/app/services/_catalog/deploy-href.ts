/** Opens the dialog that deploys a service to a cluster. */
export function deployHref({ service_id, cluster_id }: { readonly service_id: string; readonly cluster_id: string }) {
  return `/services?${new URLSearchParams({ deploy: service_id, cluster: cluster_id }).toString()}`;
}
