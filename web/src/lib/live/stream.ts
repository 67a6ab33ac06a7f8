/** What Berth says has changed: look again at what it names. */
export interface Notice {
  type: string;
  subject: string | null;
  resource_ids: number[];
}

/** Read server-sent events off a response, notice by notice, until it ends. */
export async function* notices(body: ReadableStream<Uint8Array>): AsyncGenerator<Notice> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (rest + value).split(/\r?\n\r?\n/);
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const data = block.split(/\r?\n/).filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trimStart());
        if (data.length > 0) yield JSON.parse(data.join("\n")) as Notice;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
