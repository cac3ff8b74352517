/**
 * Divides the time of a deployment. The rollout is what the cluster needs between a write and the readiness it brings:
 * after the last write, and, for who knows an order, in each gap between writes in which something became ready.
 * `before` is the time until the first write, `turns` that between what became ready and the writes that waited for it,
 * `after` that from the last readiness to the end. All in milliseconds.
 */
export function splitTime({ startedAt, endedAt, writes, ready, knowsOrder }) {
  const last = writes.at(-1);
  if (last === undefined)
    return { total: endedAt - startedAt, before: endedAt - startedAt, turns: 0, after: 0, rollout: 0 };
  const gaps = knowsOrder ? writes.map((at, index) => [at, writes[index + 1] ?? endedAt]) : [[last, endedAt]];
  let [rollout, turns] = [0, 0];
  let after = endedAt - last;
  for (const [from, to] of gaps) {
    const readyAt = ready.filter((at) => at > from && at < to).at(-1);
    if (readyAt === undefined) continue;
    rollout += readyAt - from;
    if (to === endedAt) after = endedAt - readyAt;
    else turns += to - readyAt;
  }
  return { total: endedAt - startedAt, before: writes[0] - startedAt, turns, after, rollout };
}
