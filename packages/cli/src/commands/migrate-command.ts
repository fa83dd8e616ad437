import { Command } from 'commander';
import type { Context } from '../context.ts';
import type { Draft } from '../migrate/render-draft.ts';

/** `bellwether migrate`: a catalog from files that use prom-client. */
export function migrateCommand(context: Context): Command {
  return new Command('migrate')
    .description('Print a catalog of meters as a draft, from files that use prom-client')
    .argument('<files...>', 'TypeScript or JavaScript that makes and uses the metrics')
    .option(
      '--scope <name>',
      'the first argument of defineMeters; default: the name of the package',
    )
    .option('--tenant-label <name>', 'a label that names the tenant; may be repeated', collect, [])
    .option('--json', 'print JSON on standard output', false)
    .addHelpText('after', HELP)
    .action(async (files: readonly string[], { json, scope, tenantLabel }: MigrateFlags) => {
      // The compiler is large: only this command waits for it.
      const [{ migrate }, { renderDraft }] = await Promise.all([
        import('../migrate/migrate.ts'),
        import('../migrate/render-draft.ts'),
      ]);
      const draft = migrate({
        cwd: context.cwd,
        files,
        tenantLabels: tenantLabel,
        ...(scope !== undefined && { scope }),
      });
      const text = renderDraft(draft);
      context.out(json ? JSON.stringify(asJson(draft, text), undefined, 2) : text.trimEnd());
      context.err(summaryOf(draft));
      if (draft.instruments.length === 0) context.setExitCode(1);
    });
}

interface MigrateFlags {
  readonly scope?: string;
  readonly tenantLabel: readonly string[];
  readonly json: boolean;
}

const collect = (value: string, before: readonly string[]) => [...before, value];

function asJson({ scope, files, instruments, unread }: Draft, draft: string): object {
  return {
    scope,
    files,
    instruments: instruments.map(({ from, ...instrument }) => ({
      ...instrument,
      from: { file: from.file, line: from.line, type: from.type, name: from.name },
    })),
    unread,
    draft,
  };
}

function summaryOf({ instruments, unread, files }: Draft): string {
  const guesses = instruments.reduce(
    (sum, { unitGuessed, attributes }) => sum + (unitGuessed ? 1 : 0) + attributes.length,
    0,
  );
  if (instruments.length === 0)
    return `Expected ${files.join(', ')} to make metrics of prom-client, got ${unread.length === 0 ? 'none' : `${unread.length} places that can't be read`}.`;
  return `${instruments.length} meters, ${guesses} guesses, ${unread.length} not in the draft.`;
}

const HELP = `
Files are parsed, not run; what they import by a relative path is read for constants. Found are new Counter({...}) and its siblings however
prom-client was imported, in classes, functions and loops over lists, and providers of NestJS. What can't be read is listed with its line.
  bellwether migrate src/metrics.ts > src/meters.ts
  bellwether migrate src/metrics/*.ts --tenant-label shop --json
Exit code: 0 done, 1 no metric found or no such file, 2 a wrong option`;
