import { createGrafanaKey } from '@bellwether/admin';
import { Command } from 'commander';

new Command('grafana-key')
  .description('Makes the key pair by which Grafana believes the shop, unless the folder has one.')
  .argument('<folder>', 'where the files shall be')
  .action((folder: string) => {
    const { privateKeyFile, jwksFile } = createGrafanaKey(folder);
    console.log(`SHOP_GRAFANA_KEY_FILE=${privateKeyFile}\nGF_AUTH_JWT_JWK_SET_FILE=${jwksFile}`);
  })
  .parse();
