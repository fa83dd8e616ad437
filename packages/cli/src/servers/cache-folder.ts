import { join } from 'node:path';
import type { Context } from '../context.ts';

/** Where built and downloaded servers are kept: `$XDG_CACHE_HOME/bellwether/servers`, default `~/.cache/...`. */
export function cacheFolder({ env, home }: Pick<Context, 'env' | 'home'>): string {
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'bellwether', 'servers');
}
