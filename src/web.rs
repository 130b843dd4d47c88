//! The browser: what JavaScript hears of the page becomes signals, and the detector's answers go back.
//!
//! Numbers alone cross, by plain wasm imports and exports: no texts, no objects, no generated glue. JavaScript reads the
//! DOM (`js/page.js`, `js/capture.js`); what it means is decided here. One instance of the module is one engine, so what
//! one does cannot reach another, and all its memory goes with it.
//!
//! | file | what it holds |
//! |---|---|
//! | `exports` | every export; no logic |
//! | `page` | every import: what is read of the page when it is needed |
//! | `shared` | the memory that JavaScript writes to and reads from |
//! | `engine` | one session on one page |
//! | `session` | its detector, and what is recorded |
//! | `clock` | page time → session time |
//! | `report` | decisions and leaves as numbers |
//! | `settings` | what JavaScript sets |
//! | `capture` | what was heard → signals, one file a kind |

mod capture;
mod clock;
mod engine;
// what is exported is public wherever it stands
#[allow(unreachable_pub, reason = "exports are public to JavaScript")]
mod exports;
mod page;
mod report;
mod session;
mod settings;
mod shared;

/// The model's bytes are allocated once, and those of the saved state: a page of memory each, and none is ever given back.
#[global_allocator]
static ALLOCATOR: lol_alloc::LeakingPageAllocator = lol_alloc::LeakingPageAllocator;
