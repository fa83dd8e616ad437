#!/usr/bin/env node
import { commandLine, processContext } from './context.ts';
import { runCli } from './run-cli.ts';

await runCli(commandLine(), processContext());
