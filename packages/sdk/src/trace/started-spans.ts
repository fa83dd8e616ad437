// Hot: every span when it starts. Bench: span.bench.ts

/** Spans that the tracers of a provider have started, by their parent: none, one of this process, one of another. Numbers that a span counts up cost it next to nothing. */
export class StartedSpans {
  sampledRoots = 0;
  sampledLocal = 0;
  sampledRemote = 0;
  droppedRoots = 0;
  droppedLocal = 0;
  droppedRemote = 0;
}
