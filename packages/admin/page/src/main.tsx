import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/panels.css';
import './styles/tables.css';
import { App } from './app.tsx';
import { apply, chosen } from './shell/theme.ts';

apply(chosen());
const root = document.getElementById('root');
if (root === null) throw new Error('Expected an element #root in the page, got none.');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
