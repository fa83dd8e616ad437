import { startOtlpReceiver } from '../../packages/testkit/dist/index.js';

const slowMs = 700;

/**
 * The states of the Collector: `fault` of the receiver, `seconds` that an end may take because of it with a deadline of `deadline`
 * seconds, and whether everything has to arrive.
 */
export const states = [
  { state: 'up', seconds: () => 0, delivers: true },
  { state: 'slow', fault: { slowMs }, seconds: () => slowMs / 1_000, delivers: true },
  { state: 'down', seconds: () => 0 },
  { state: '503', fault: 503, seconds: () => 0 },
  { state: 'hung', fault: 'hang', seconds: (deadline) => deadline },
];

/** A Collector in that state; one that is down has a port that nobody listens on. */
export async function startCollector({ state, fault }) {
  const receiver = await startOtlpReceiver();
  receiver.failWith(fault);
  if (state === 'down') await receiver.close();
  return receiver;
}
