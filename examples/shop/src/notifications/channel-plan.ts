import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';

const name = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'Expected a name such as oncall-mail');

const LogChannel = z.strictObject({ kind: z.literal('log') });

const EmailChannel = z.strictObject({
  kind: z.literal('email'),
  host: z.string().min(1),
  port: z.number().int().min(1).max(65_535).default(587),
  /** `none` is for a relay on this machine; a password is never sent that way. */
  tls: z.enum(['starttls', 'implicit', 'none']).default('starttls'),
  /** Certificates to trust besides those of Node. */
  caFile: z.string().min(1).optional(),
  user: z.string().min(1).optional(),
  passwordFile: z.string().min(1).optional(),
  from: z.email(),
  to: z.array(z.email()).min(1).max(50),
});

const SlackChannel = z.strictObject({ kind: z.literal('slack'), urlFile: z.string().min(1) });

const Route = z.strictObject({
  severity: z.array(z.string()).min(1).optional(),
  team: z.array(z.string()).min(1).optional(),
  channels: z.array(name).min(1),
});

const ChannelPlan = z
  .strictObject({
    linkOrigins: z
      .array(
        z.url({ protocol: /^https?$/ }).refine((url) => new URL(url).origin === url, {
          message: 'Expected an origin such as https://grafana.example.com, without a path',
        }),
      )
      .default([]),
    channels: z.record(
      name,
      z.discriminatedUnion('kind', [LogChannel, EmailChannel, SlackChannel]),
    ),
    routes: z.array(Route).min(1),
  })
  .superRefine(({ channels, routes }, context) => {
    const problem = (path: PropertyKey[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    for (const [index, route] of routes.entries()) {
      for (const channel of route.channels) {
        if (channels[channel] === undefined) {
          problem(['routes', index], `Expected a channel of the list, got ${channel}`);
        }
      }
    }
    const last = routes.at(-1);
    if (last?.severity !== undefined || last?.team !== undefined) {
      problem(['routes'], 'Expected the last route to take every alert: without severity and team');
    }
    for (const [key, channel] of Object.entries(channels)) {
      if (channel.kind !== 'email') continue;
      if ((channel.user === undefined) !== (channel.passwordFile === undefined)) {
        problem(['channels', key], 'Expected user and passwordFile together, got one of them');
      }
      if (channel.tls === 'none' && channel.passwordFile !== undefined) {
        problem(['channels', key], 'Expected tls to be starttls or implicit where a password is');
      }
    }
  });

/** Which channels there are, and which alert goes where: the first route that fits. */
export type ChannelPlan = Readonly<z.infer<typeof ChannelPlan>>;
export type EmailChannelPlan = z.infer<typeof EmailChannel>;
export type SlackChannelPlan = z.infer<typeof SlackChannel>;
export type ChannelKind = ChannelPlan['channels'][string]['kind'];

/** All alerts to the log: what holds without a file. */
export const logOnly: ChannelPlan = ChannelPlan.parse({
  channels: { log: { kind: 'log' } },
  routes: [{ channels: ['log'] }],
});

/** Checks a plan. Throws one error that names every problem. Files are taken relative to `folder`. */
export function parseChannelPlan(value: unknown, folder: string): ChannelPlan {
  const parsed = ChannelPlan.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`,
    );
    throw new Error(`Expected the channels file to be valid, got ${problems.join('; ')}`);
  }
  for (const channel of Object.values(parsed.data.channels)) {
    if (channel.kind === 'slack') channel.urlFile = resolve(folder, channel.urlFile);
    if (channel.kind !== 'email') continue;
    if (channel.passwordFile !== undefined) {
      channel.passwordFile = resolve(folder, channel.passwordFile);
    }
    if (channel.caFile !== undefined) channel.caFile = resolve(folder, channel.caFile);
  }
  return parsed.data;
}

/** Reads and checks the plan, once, at start. */
export function readChannelPlan(file: string | undefined): ChannelPlan {
  if (file === undefined) return logOnly;
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const what = (error as NodeJS.ErrnoException).code ?? 'broken JSON';
    throw new Error(`Expected the channels file ${file} to be a JSON file, got ${what}`);
  }
  return parseChannelPlan(value, dirname(resolve(file)));
}
