const PATIENCE_MS = 5_000;

/** Ask Berth, but not for longer than people at a door wait: then it is as if there were no network. */
export async function soon<Answer>(ask: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
  if (!navigator.onLine) throw new TypeError("there is no network");
  const over = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, refuse) => {
    timer = setTimeout(() => {
      refuse(new TypeError("there was no answer in time"));
      over.abort();
    }, PATIENCE_MS);
  });
  try {
    return await Promise.race([ask(over.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
