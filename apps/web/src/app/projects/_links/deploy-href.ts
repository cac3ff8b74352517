interface DeployPlace {
  readonly project: string;
  readonly cluster_id?: string;
  /** Where the project has a stack already; left out, the server chooses as it does for a shell. */
  readonly namespace?: string;
}

/** The page that deploys a project. */
export function deployHref({ project, cluster_id: cluster, namespace }: DeployPlace): string {
  const query = new URLSearchParams({
    ...(cluster === undefined ? {} : { cluster }),
    ...(namespace === undefined ? {} : { namespace }),
  }).toString();
  return `/projects/${encodeURIComponent(project)}/deploy${query === '' ? '' : `?${query}`}`;
}
