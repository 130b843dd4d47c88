import { FalterProvider, useFalter, useFalterEvent, useRisk } from 'falter/react';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { options } from '../options.js';

/** `?consent=memory`: a shopper who had said so before. */
const known = new URLSearchParams(location.search).get('consent') ?? 'required';

function App() {
  const [consent, setConsent] = useState(known);
  const [isOpen, setOpen] = useState(true);
  const [days, setDays] = useState(30);
  const [turn, setTurn] = useState(0);
  Object.assign(window, { setDays, setTurn });
  const end = <button id="end" onClick={() => setOpen(false)}>End</button>;
  if (!isOpen) return end;
  // made anew on every render, and the same to falter
  const given = { ...options, consent, facts: { returnsDays: days }, on: { risk: () => (window.heardIn = turn) } };
  return (
    <FalterProvider options={given}>
      <Risk />
      <button id="accept" onClick={() => setConsent('memory')}>Accept</button>
      {end}
    </FalterProvider>
  );
}

function Risk() {
  const risk = useRisk();
  const [message, setMessage] = useState('');
  window.falter = useFalter();
  useFalterEvent('show', ({ detail }) => setMessage(detail.message));
  return <p><output id="risk">{risk.toFixed(6)}</output> <output id="message">{message}</output></p>;
}

/** Without a provider. */
function Alone() {
  const falter = useFalter({ ...options, consent: known });
  const risk = useRisk(falter);
  window.falter = falter;
  useFalterEvent('risk', ({ detail }) => (window.told = detail.risk), falter);
  return <output>{risk}</output>;
}

const root = createRoot(document.getElementById('app'));
window.unmount = () => root.unmount();
root.render(<StrictMode>{location.hash === '#alone' ? <Alone /> : <App />}</StrictMode>);
