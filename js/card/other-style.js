/** The style of what js/card/other.js is for, after that of the card. The build shrinks it. */
export const STYLE = `
ul {
  margin-top: 4px;
  color: color-mix(in srgb, var(--ink) 75%, var(--paper));
}
li {
  margin-top: 4px;
}
li,
ol {
  display: flex;
  gap: 8px;
}
li svg {
  flex: none;
  width: 16px;
}
ol {
  flex-wrap: wrap;
}
ol li {
  flex: 1;
  padding-top: 6px;
  border-top: 4px solid var(--fill);
  font-weight: 600;
  white-space: nowrap;
}
ol :first-child {
  border-color: var(--accent);
}
`;
