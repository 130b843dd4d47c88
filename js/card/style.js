/**
 * The card's style sheet.
 *
 * The host is the box that is placed, its properties are `!important` so that no rule of the page can move it; the
 * `.card` in it is what moves and fades. Fixed position and transforms only: nothing on the page shifts.
 *
 * Colours are the system's Canvas and CanvasText, which follow the page's own `color-scheme` (--falter-scheme says
 * otherwise) and forced colours. Themed by --falter-accent, -on-accent, -surface, -text, -radius, -font, -gap, -width
 * and -z, and by ::part.
 */
export const STYLE = `
:host{all:initial!important;color-scheme:var(--falter-scheme,inherit)!important;
--ink:var(--falter-text,CanvasText);--paper:var(--falter-surface,color-mix(in srgb,#fff 8%,Canvas));
--accent:var(--falter-accent,color-mix(in srgb,#12b886 55%,CanvasText));
--fill:color-mix(in srgb,var(--ink) 7%,var(--paper));--r:var(--falter-radius,18px);--gap:var(--falter-gap,20px);
display:block!important;position:fixed!important;z-index:var(--falter-z,2147483000)!important;
inset:auto auto var(--gap)!important;inset-inline-end:var(--gap)!important;
width:min(var(--falter-width,384px),100vw - 2*var(--gap))!important;
font:15px/1.5 sans-serif!important;font-family:var(--falter-font,inherit)!important}
:host([layout=bar]){inset:auto 0 0!important;width:auto!important}
:host([layout=inline]){position:static!important;width:auto!important}
*{box-sizing:border-box;margin:0;padding:0}
.card{position:relative;display:grid;gap:16px;padding:20px;max-height:calc(100vh - 2*var(--gap));overflow:auto;
overflow-wrap:anywhere;
color:var(--ink);background:var(--paper);border:1px solid var(--fill);border-radius:var(--r);
box-shadow:0 8px 20px -6px #0002,0 24px 56px -12px #0004}
dialog{font:inherit;margin:auto;width:min(var(--falter-width,420px),100vw - 2*var(--gap))}
dialog::backdrop{background:#0008}
.say{display:grid;grid-template-columns:auto 1fr;gap:4px 14px;padding-inline-end:28px}
svg{display:block;fill:none;stroke:currentcolor;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round;
color:var(--accent)}
.icon{width:44px;height:44px;padding:10px;grid-row:span 3;border-radius:13px;
background:color-mix(in srgb,currentcolor 13%,var(--paper))}
.title{font-size:17px;font-weight:650;line-height:1.3;text-wrap:balance;align-self:center}
.body,ul{color:color-mix(in srgb,var(--ink) 72%,var(--paper));text-wrap:pretty}
ul{display:grid;gap:4px}
li{display:flex;gap:8px}
li svg{flex:none;width:16px;height:1.5em}
.progress{width:100%;height:8px;border-radius:8px;background:var(--fill);fill:var(--accent);stroke:none}
rect{rx:4px}
[dir=rtl] .progress{transform:scaleX(-1)}
ol,.act{display:flex;flex-wrap:wrap;gap:8px}
ol li{flex:1;padding-top:6px;border-top:4px solid color-mix(in srgb,var(--accent) 35%,var(--paper));font-weight:600}
ol li:first-child{border-color:var(--accent)}
button,a{display:grid;place-items:center;font:inherit;font-weight:600;line-height:1.3;color:inherit;
background:var(--fill);
border:1px solid #0000;border-radius:calc(var(--r)*.6);cursor:pointer;text-align:center;text-decoration:none}
.act>*{flex:1 1 130px;min-height:46px;padding:8px 12px}
.accept{background:var(--accent);color:var(--falter-on-accent,Canvas)}
.close{position:absolute;top:12px;inset-inline-end:12px;width:32px;height:32px;background:none;border-radius:50%}
.close svg{width:18px;color:inherit}
:hover:is(button,a){box-shadow:inset 0 0 0 99px #8882}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.heard{position:absolute;clip-path:inset(50%)}
.bar{border-width:1px 0 0;border-radius:0;display:flex;flex-wrap:wrap;justify-content:center;align-items:center;
gap:14px 32px;padding:16px 56px 16px 20px}
.bar[dir=rtl]{padding:16px 20px 16px 56px}
.bar :is(.progress,ol,.act){flex:0 1 320px}
.inline{box-shadow:none}
@media(max-width:480px){:host([layout=corner]){--gap:10px;inset-inline:10px!important;width:auto!important;
margin-bottom:env(safe-area-inset-bottom)!important}
.bar.bar{display:grid;padding:16px 20px}}
@media(forced-colors:active){.progress{fill:Highlight;border:1px solid}.act>*{border-color:currentcolor;
color:ButtonText}}
@media(prefers-reduced-motion:no-preference){.card{animation:in .36s cubic-bezier(.2,.8,.3,1)}
.out{opacity:0;transform:translateY(12px);transition:.18s}
rect{animation:grow .7s .2s cubic-bezier(.2,.8,.3,1) backwards}}
@keyframes in{0%{opacity:0;transform:translateY(24px)}}
@keyframes grow{0%{transform:scaleX(0)}}
`;
