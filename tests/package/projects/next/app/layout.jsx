import { FalterProvider } from 'falter/react';
import { options } from '../../options.js';

export const metadata = { title: 'Shop', icons: 'data:,' };

/** Rendered on the server, options and all. */
export default function Layout({ children }) {
  return (
    <html lang="tr">
      <body>
        <FalterProvider options={options}>{children}</FalterProvider>
      </body>
    </html>
  );
}
