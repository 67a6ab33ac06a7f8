// The ticks of `useRoom`, in a worker: it is told how often, in milliseconds.
self.onmessage = (event: MessageEvent<number>) => {
  setInterval(() => self.postMessage(null), event.data);
};
