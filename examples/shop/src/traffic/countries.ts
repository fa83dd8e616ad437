import { pickWeighted, type Random } from './seeded-random.ts';

/** The header by which the edge names the country: start the shop with `BELLWETHER_COUNTRY_HEADER` set to it. */
export const countryHeader = 'cf-ipcountry';

/** Where visitors come from, most of them first. `XX` is how edges say that they do not know. */
const countries = ['DE', 'US', 'GB', 'FR', 'JP', 'CH', 'NL', 'BR', 'IN', 'XX'];

export const pickCountry = (random: Random): string =>
  pickWeighted(random, countries, (_, index) => countries.length - index);
