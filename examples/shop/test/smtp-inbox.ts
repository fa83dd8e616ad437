import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  /** As it stands on the wire, above the empty line. */
  readonly headers: string;
  /** Text and HTML, decoded. */
  readonly body: string;
}

export interface SmtpInbox {
  readonly port: number;
  readonly mails: readonly Mail[];
  /** Answers every DATA with this code until it is called without one. */
  refuseWith(code?: number): void;
  stop(): Promise<void>;
}

/** A real SMTP server on 127.0.0.1 that keeps what it gets. */
export async function startSmtpInbox({ port = 0 } = {}): Promise<SmtpInbox> {
  const mails: Mail[] = [];
  let refusal: number | undefined;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData: (stream, session, callback) => {
      stream.toArray().then((chunks: Buffer[]) => {
        if (refusal !== undefined) {
          callback(Object.assign(new Error('refused by the test'), { responseCode: refusal }));
          return;
        }
        const raw = Buffer.concat(chunks).toString('latin1');
        const end = raw.indexOf('\r\n\r\n');
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          headers: raw.slice(0, end),
          body: quotedPrintable(raw.slice(end)),
        });
        callback(null, 'kept');
      }, callback);
    },
  });
  server.on('error', () => undefined);
  const listening = server.listen(port, '127.0.0.1');
  await once(listening, 'listening');
  return {
    port: (listening.address() as AddressInfo).port,
    mails,
    refuseWith: (code) => {
      refusal = code;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function quotedPrintable(text: string): string {
  const bytes = text
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
