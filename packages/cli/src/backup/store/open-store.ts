import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Context } from '../../context.ts';
import { folderStore } from './folder-store.ts';
import { s3Settings } from './s3-settings.ts';
import { s3Store } from './s3-store.ts';
import type { Store } from './store.ts';

/** A store, its folder on this machine if it is one, and the one backup that the address names if it does. */
export interface OpenedStore {
  readonly store: Store;
  readonly folder?: string;
  readonly name?: string;
}

/** `s3://bucket/folder`, a folder, or one file in a folder. Nothing is asked of it yet. */
export function openStore(
  address: string,
  context: Context,
  s3Endpoint: string | undefined,
): OpenedStore {
  if (/^s3:/.test(address)) {
    return { store: s3Store(s3Settings(address, context, s3Endpoint)) };
  }
  const path = resolve(context.cwd, address);
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  const folder = isFile ? dirname(path) : path;
  return {
    store: folderStore(folder, context.pid),
    folder,
    ...(isFile && { name: basename(path) }),
  };
}
