/**
 * The card's style sheet, as the card stands in a corner; the other layouts have theirs besides.
 *
 * The host has no box of its own, and no rule of the page reaches what is inside: a section that is placed (inline there
 * is none), and in it the `.card`, which moves and fades. Fixed position and transforms only: nothing on the page shifts.
 *
 * Colours are the system's Canvas and CanvasText, which follow the page's own `color-scheme` (--falter-scheme says
 * otherwise) and forced colours. Themed by --falter-accent, -on-accent, -surface, -text, -radius, -font, -gap, -width
 * and -z, and by ::part. The build shrinks it.
 */
export const STYLE = `
:host {
  all: initial !important;
  display: contents !important;
  color-scheme: var(--falter-scheme, inherit) !important;
  font-family: var(--falter-font, inherit) !important;
}
* {
  box-sizing: border-box;
  margin: 0;
  padding: 0;
}

section {
  --gap: var(--falter-gap, 20px);
  position: fixed;
  z-index: var(--falter-z, 2147483000);
  bottom: var(--gap);
  inset-inline-end: var(--gap);
  width: min(var(--falter-width, 384px), 100vw - 2 * var(--gap));
}

.card {
  --ink: var(--falter-text, CanvasText);
  --paper: var(--falter-surface, color-mix(in srgb, #fff 8%, Canvas));
  --accent: var(--falter-accent, color-mix(in srgb, #12b886 55%, CanvasText));
  --fill: color-mix(in srgb, var(--ink) 7%, var(--paper));
  --radius: var(--falter-radius, 18px);
  position: relative;
  display: grid;
  grid-template-columns: 44px 1fr;
  gap: 16px 14px;
  padding: 20px;
  max-height: calc(100vh - 2 * var(--gap));
  overflow: auto;
  overflow-wrap: anywhere;
  font-size: 15px;
  line-height: 1.5;
  color: var(--ink);
  background: var(--paper);
  border: 1px solid var(--fill);
  border-radius: var(--radius);
  box-shadow: 0 8px 20px -6px #0002, 0 24px 56px -12px #0004;
}

.card > :nth-child(n + 3) {
  grid-column: span 2;
}
.icon {
  height: 44px;
  padding: 10px;
  border-radius: 30%;
  background: color-mix(in srgb, var(--accent) 12%, var(--paper));
}
.say {
  padding-inline-end: 28px;
  align-self: center;
}
.title {
  font-size: 17px;
  font-weight: 650;
  line-height: 1.3;
  text-wrap: balance;
}
.body,
ul {
  margin-top: 4px;
  color: color-mix(in srgb, var(--ink) 75%, var(--paper));
}
li,
.act {
  display: flex;
  gap: 8px;
}
li {
  margin-top: 4px;
}
li svg {
  flex: none;
  width: 16px;
}
svg {
  fill: none;
  stroke: var(--accent);
  stroke-width: 1.7;
  stroke-linecap: round;
  stroke-linejoin: round;
}

.progress {
  width: 100%;
  height: 8px;
  border-radius: 4px;
  background: var(--fill);
  fill: var(--accent);
  stroke: none;
}
[dir=rtl] .progress {
  transform: scaleX(-1);
}
rect {
  rx: 4px;
}
.act {
  flex-wrap: wrap;
}

button,
a {
  display: grid;
  place-items: center;
  font: inherit;
  font-weight: 600;
  color: inherit;
  background: var(--fill);
  border: 1px solid #0000;
  border-radius: calc(var(--radius) * .6);
  cursor: pointer;
  text-align: center;
  text-decoration: none;
}
.act > * {
  flex: 1 1 130px;
  min-height: 46px;
  padding: 8px 12px;
  line-height: 1.3;
}
.accept {
  background: var(--accent);
  color: var(--falter-on-accent, Canvas);
}
.close {
  position: absolute;
  top: 12px;
  inset-inline-end: 12px;
  width: 32px;
  height: 32px;
  background: none;
}
.close svg {
  width: 18px;
  stroke: currentcolor;
}
:hover:is(button, a) {
  box-shadow: inset 0 0 0 99px #8882;
}
:focus-visible {
  outline: 3px solid var(--accent);
  outline-offset: 2px;
}
.heard {
  position: absolute;
  clip-path: inset(50%);
}

@media (max-width: 480px) {
  section.corner {
    --gap: 10px;
    inset-inline: 10px;
    width: auto;
    margin-bottom: env(safe-area-inset-bottom);
  }
}
@media (forced-colors: active) {
  .progress {
    fill: Highlight;
    border: 1px solid;
  }
  .act > * {
    border-color: currentcolor;
    color: ButtonText;
  }
}
@media (prefers-reduced-motion: no-preference) {
  .card {
    animation: in .36s cubic-bezier(.2, .8, .3, 1);
  }
  .out {
    opacity: 0;
    translate: 0 12px;
    transition: .18s;
  }
}
@keyframes in {
  0% {
    opacity: 0;
    translate: 0 24px;
  }
}
`;
