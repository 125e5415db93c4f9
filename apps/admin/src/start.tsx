import './styles.ts';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { startI18n } from './i18n/i18n.ts';

/** Draws the app once its texts are there. */
export async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (!root) return;
  await startI18n();
  createRoot(root).render(<App />);
}
