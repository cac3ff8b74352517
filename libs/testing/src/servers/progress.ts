/** One piece of work a person may have to wait for. */
export type ProgressStep = {
  /** What is happening right now: "412 packages compiled". */
  readonly update: (detail: string) => void;
  readonly done: () => void;
};

/** Shows a person what takes long; work that is done within two seconds stays silent. */
export type Progress = { readonly step: (label: string) => ProgressStep };

export const silentProgress: Progress = { step: () => ({ update: () => undefined, done: () => undefined }) };

const SILENT_MS = 2_000;
const REPEAT_MS = 10_000;

/** Writes a line when a step has taken two seconds and every ten from then on. */
export function lineProgress(write: (line: string) => void): Progress {
  return {
    step: (label) => {
      const startedAt = Date.now();
      let detail = '';
      let announced = false;
      const report = (): void => {
        announced = true;
        write(`… ${label}, ${Math.round((Date.now() - startedAt) / 1000)} s${detail && `, ${detail}`}`);
      };
      let timer = setTimeout(() => {
        report();
        timer = setInterval(report, REPEAT_MS);
        timer.unref();
      }, SILENT_MS);
      timer.unref();
      return {
        update: (text) => {
          detail = text;
        },
        done: () => {
          clearTimeout(timer);
          if (announced) write(`✓ ${label}, ${Math.round((Date.now() - startedAt) / 1000)} s`);
        },
      };
    },
  };
}

/** Runs `work` as one step; the step ends with it, whatever the outcome. */
export async function withStep<T>(
  progress: Progress,
  label: string,
  work: (step: ProgressStep) => Promise<T>,
): Promise<T> {
  const step = progress.step(label);
  try {
    return await work(step);
  } finally {
    step.done();
  }
}
