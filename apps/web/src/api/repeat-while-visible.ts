/** Runs `task` at once and then `everyMs` after each end, but only while the page is visible. Returns what stops it. */
export function repeatWhileVisible(task: () => Promise<void>, everyMs: number | null): () => void {
  let stopped = false;
  let running = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const cycle = async (): Promise<void> => {
    if (running) return;
    running = true;
    await task();
    running = false;
    if (!stopped && everyMs !== null && !document.hidden) timer = setTimeout(() => void cycle(), everyMs);
  };
  const onVisibility = (): void => {
    clearTimeout(timer);
    if (!document.hidden) void cycle();
  };

  void cycle();
  if (everyMs !== null) document.addEventListener('visibilitychange', onVisibility);
  return () => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onVisibility);
  };
}
