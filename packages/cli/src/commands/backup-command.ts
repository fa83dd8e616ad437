import { Command } from 'commander';
import type { Context } from '../context.ts';
import { backupCreate } from './backup-create.ts';
import { backupKey } from './backup-key.ts';
import { backupList } from './backup-list.ts';
import { backupVerify } from './backup-verify.ts';

/** `bellwether backup [create] | list | verify | key`. */
export function backupCommand(context: Context): Command {
  return new Command('backup')
    .description(
      'Save Prometheus, silences, Grafana and PostgreSQL as one archive; list and verify such archives',
    )
    .addCommand(backupCreate(context), { isDefault: true })
    .addCommand(backupList(context))
    .addCommand(backupVerify(context))
    .addCommand(backupKey(context))
    .addHelpText(
      'after',
      '\n`bellwether backup --to <place>` is short for `bellwether backup create --to <place>`.',
    );
}
