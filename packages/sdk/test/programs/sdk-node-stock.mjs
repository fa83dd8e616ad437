// Stands in for our preload: upstream's NodeSDK with what it reads from the environment by itself.
import { NodeSDK } from '@opentelemetry/sdk-node';

const sdk = new NodeSDK();
sdk.start();
process.once('beforeExit', () => sdk.shutdown());
