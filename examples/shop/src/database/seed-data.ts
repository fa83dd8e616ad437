/** Price in the main unit of each currency; the seed turns it into minor units. */
export const minorUnits: Readonly<Record<string, number>> = {
  EUR: 100,
  USD: 100,
  GBP: 100,
  CHF: 100,
  JPY: 1,
};

/** Rough rates, so that prices look right: one euro in each currency. */
export const perEuro: Readonly<Record<string, number>> = {
  EUR: 1,
  USD: 1.1,
  GBP: 0.85,
  CHF: 0.95,
  JPY: 165,
};

export interface SeedTenant {
  readonly id: string;
  readonly name: string;
  readonly currencies: readonly string[];
  /** Category to product names. */
  readonly products: Readonly<Record<string, readonly string[]>>;
  readonly customers: readonly string[];
}

export const seedTenants: readonly SeedTenant[] = [
  {
    id: 'acme',
    name: 'Acme Outdoor',
    currencies: ['EUR', 'GBP', 'USD'],
    products: {
      tents: ['Two-person tent', 'Family tent', 'Tarp'],
      boots: ['Trail boot', 'Winter boot', 'Approach shoe', 'Gaiter'],
      stoves: ['Gas stove', 'Alcohol stove', 'Titanium pot'],
      packs: ['Day pack', 'Trekking pack', 'Dry bag'],
    },
    customers: ['Ada', 'Bo', 'Carla', 'Dimitri'],
  },
  {
    id: 'globex',
    name: 'Globex Audio',
    currencies: ['USD', 'EUR'],
    products: {
      headphones: ['Studio headphones', 'Travel headphones', 'Ear plugs'],
      speakers: ['Shelf speaker', 'Subwoofer', 'Sound bar'],
      turntables: ['Belt turntable', 'Cartridge', 'Record brush'],
    },
    customers: ['Eve', 'Femi', 'Gita'],
  },
  {
    id: 'initech',
    name: 'Initech Stationery',
    currencies: ['JPY', 'CHF'],
    products: {
      pens: ['Fountain pen', 'Gel pen', 'Brush pen'],
      paper: ['Dot notebook', 'Letter paper', 'Index cards'],
      desk: ['Desk pad', 'Stapler', 'Lamp'],
    },
    customers: ['Hiro', 'Ines'],
  },
];

export const seedPlans = [
  { code: 'basic', name: 'Basic', rank: 1, monthlyEuros: 9 },
  { code: 'plus', name: 'Plus', rank: 2, monthlyEuros: 19 },
  { code: 'pro', name: 'Pro', rank: 3, monthlyEuros: 49 },
] as const;
