/** Many systems share one server, each with a pool of up to ten for each of its processes. */
export const MAX_CONNECTIONS = 1_000;
