// What jsdom lacks of a browser. Import it first: uPlot asks for matchMedia when it is loaded.
class NoResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
window.matchMedia = (query) =>
  ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }) as unknown as MediaQueryList;
window.ResizeObserver = NoResizeObserver;

export {};
