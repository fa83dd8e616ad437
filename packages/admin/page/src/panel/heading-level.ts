import { createContext } from 'react';

/** The level of the titles of panels: one below what they stand under. */
export const HeadingLevel = createContext<2 | 3 | 4>(2);
