'use client';

import { useFalter, useFalterEvent, useRisk } from 'falter/react';
import { useEffect, useState } from 'react';

export default function Page() {
  const falter = useFalter();
  const risk = useRisk();
  const [message, setMessage] = useState('');
  useFalterEvent('show', ({ detail }) => setMessage(detail.message));
  useEffect(() => void (window.falter = falter), [falter]);
  return (
    <main>
      <p><output id="risk">{risk.toFixed(6)}</output> <output id="message">{message}</output></p>
      <button id="accept" onClick={() => falter.consent('memory')}>Accept</button>
      <button id="end" onClick={() => falter.stop()}>End</button>
    </main>
  );
}
