/** The style of the layouts that few shops choose, after that of the card in its corner. The build shrinks it. */
export const STYLE = `
section.bar {
  inset: auto 0 0;
  width: auto;
}
.card.bar {
  border-width: 1px 0 0;
  border-radius: 0;
}
.inline {
  max-height: none;
  box-shadow: none;
}
dialog {
  margin: auto;
  width: inherit;
}
::backdrop {
  background: #0008;
}

@media (min-width: 800px) {
  .card.bar {
    grid-template-columns: 44px 1fr auto 330px;
    align-items: center;
    padding-inline-end: 56px;
  }
  .card.bar > * {
    grid-column: auto;
  }
  .card.bar > .act {
    grid-column: 4;
  }
  .bar ul {
    display: flex;
    flex-wrap: wrap;
    column-gap: 16px;
  }
  .bar .progress {
    width: 200px;
  }
}
`;
