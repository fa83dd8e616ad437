#!/usr/bin/env node
import { commandLine, outliveReaders, processContext } from './context.ts';
import { runCli } from './run-cli.ts';

outliveReaders();
await runCli(commandLine(), processContext());
