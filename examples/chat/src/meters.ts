import { defineMeters } from '@bellwether/meters';
import { messaging } from '@bellwether/meters/presets';

/** All that the chat counts: of the tenant whose customer the socket belongs to. */
export const meters = defineMeters('chat', {
  /** `received` from a customer, `sent` to one: a message to a room of five is one received and five sent. */
  messages: messaging.messages,
  socketsOpen: messaging.socketsOpen,
  socketsOpened: messaging.socketsOpened,
});
