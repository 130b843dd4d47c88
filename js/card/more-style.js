/** The style of what js/card/more.js draws, after that of the card. The build shrinks it. */
export const STYLE = `
ol {
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
}
ol li {
  display: block;
  flex: 1;
  padding-top: 6px;
  border-top: 4px solid var(--fill);
  font-weight: 600;
  white-space: nowrap;
}
ol :first-child {
  border-color: var(--accent);
}
.links,
.answers {
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  margin: 0;
  color: inherit;
}
.payment_methods ul {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(116px, 1fr));
  column-gap: 12px;
}
.links li {
  margin: 0;
  flex: 1 1 100%;
}
.link {
  flex: 1;
  grid-template-columns: 1fr auto;
  justify-items: start;
  gap: 12px;
  min-height: 44px;
  padding: 8px 14px;
  line-height: 1.3;
  text-align: start;
}
.code {
  width: 100%;
  min-width: 0;
  padding: 9px;
  font: 600 18px ui-monospace, monospace;
  letter-spacing: .06em;
  text-align: center;
  color: inherit;
  background: none;
  border: 2px dashed var(--accent);
  border-radius: calc(var(--radius) * .6);
}
.ask {
  padding-top: 14px;
  border-top: 1px solid var(--fill);
}
.question {
  margin-bottom: 8px;
  font-size: 14px;
  font-weight: 600;
}
.answers {
  gap: 6px;
}
.answer {
  min-height: 34px;
  padding: 3px 12px;
  font-size: 14px;
  font-weight: 400;
  border-radius: 17px;
}
.answer:disabled {
  cursor: default;
  color: color-mix(in srgb, var(--ink) 65%, var(--paper));
  box-shadow: none;
}
[aria-pressed] {
  background: var(--accent);
  color: var(--falter-on-accent, Canvas);
}

@media (min-width: 800px) {
  .card.bar > .ask {
    grid-column: 1 / -1;
    padding-top: 10px;
  }
  .bar .payment_methods ul {
    max-width: 520px;
  }
  .bar .links {
    max-width: 560px;
  }
  .bar .links li {
    flex: 1 1 0;
  }
  .bar .code {
    width: 220px;
  }
}
@media (forced-colors: active) {
  .answer,
  .link {
    border-color: currentcolor;
  }
  [aria-pressed] {
    forced-color-adjust: none;
    background: Highlight;
    color: HighlightText;
  }
}
`;
