const NAMED_MAX = 4;

/** Names a few services; of many, says how many. */
export function servicesText(services: readonly string[]): string {
  return services.length <= NAMED_MAX ? services.join(', ') : `${String(services.length)} services`;
}
