import type { ChannelKind } from '../channel-plan.ts';
import type { MessageText } from '../message-text.ts';
import type { NotSent, Sent } from '../settle-message.ts';

/** A way to people. */
export interface Channel {
  readonly name: string;
  readonly kind: ChannelKind;
  /** Never rejects, and answers soon after the signal. An answer `sent` means that the other side has it. */
  send(message: MessageText, signal: AbortSignal): Promise<Sent | NotSent>;
}
