import { expect, it } from "vitest";
import { concernedPaths } from "./concerns";
import { notices } from "./stream";

function streamOf(...chunks: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      chunks.forEach((chunk) => controller.enqueue(new TextEncoder().encode(chunk)));
      controller.close();
    },
  });
}

it("reads notices however the network cut them, and passes over what keeps the line open", async () => {
  const stream = streamOf(": listening\n\nda", 'ta: {"type":"calendar_changed","subject":null,"resource_ids":[7]}\n', "\n: still here\n\n");
  const heard = [];
  for await (const one of notices(stream)) heard.push(one);
  expect(heard).toEqual([{ type: "calendar_changed", subject: null, resource_ids: [7] }]);
});

it("looks at reservations after booking spoke, and at everything after it missed something", () => {
  const notice = { subject: null, resource_ids: [] };
  expect(concernedPaths({ ...notice, type: "berth.booking.reservation_created.v1" })).toContain("/api/v1/reservations");
  expect(concernedPaths({ ...notice, type: "missed" })).toEqual(["/api/v1"]);
});
