#!/usr/bin/env node
// Committed, so that npm finds it when it links commands: it does so before anything is built.
import '../dist/bin.js';
