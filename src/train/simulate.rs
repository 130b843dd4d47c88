//! Simulated visits: people, not noise.
//!
//! A visit is one person in one shop. The hand moves by a published motor model (`pointer`), the page has a layout
//! that is read (`page`, `read`), the person wants something and doubts something (`story`, `doubt`), and leaves or
//! does not (`leave`); a recorder sees it all the way a page's recorder would, at the page's own rate or a slow one
//! (`record`). What is not taken from literature or a stated measurement is marked as chosen where it stands.
//!
//! Every visit has a random stream of its own, made of the seed and the visit's number: visit 17 of seed 1 is the
//! same however many are made, in whatever order, on whatever platform.
//!
//! ```
//! use falter::train::simulate::{SimulateOptions, simulate};
//!
//! let options = SimulateOptions { sessions: 3, seed: 1, ..SimulateOptions::default() };
//! for visit in simulate(&options) {
//!     assert!(visit.signals.iter().all(|signal| signal.t <= visit.header.end));
//! }
//! ```

mod browse;
mod buy;
mod doubt;
mod hand;
mod leave;
mod page;
mod person;
mod pointer;
mod read;
mod record;
mod rng;
mod scroll;
mod shop;
mod story;
mod visitor;

use crate::recording::Header;
use crate::signal::{Device, Signal, SignalKind, half_px};
use rng::Rng;
use visitor::Visitor;

/// Share of mouse visits where both mouse and touch are asked for without a mix of one's own (chosen).
const DEFAULT_MIX: [Device; 20] = {
    let mut mix = [Device::Mouse; 20];
    let mut index = 13;
    while index < 20 {
        mix[index] = Device::Touch;
        index += 1;
    }
    mix
};

/// How the shops' pages are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// Picture to the left, what is sold and asked to the right of it, products in rows of cards: what models are trained on.
    #[default]
    Usual,
    /// Side for side the other way round, with a header of two rows, products one under the other, and the terms in a band
    /// across the page. For judging alone: a model that knows the layout rather than the person fails here.
    HeldOut,
}

/// What to simulate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulateOptions {
    /// How many visits.
    pub sessions: u32,
    /// The seed: the same seed, the same bytes.
    pub seed: u64,
    /// Each visit's device is drawn from these, so that repeating one makes it more frequent. Empty counts as the
    /// default: mouse and touch, 65 : 35. A pen moves as a mouse does.
    pub devices: Vec<Device>,
    /// How the pages are laid out.
    pub layout: Layout,
}

impl Default for SimulateOptions {
    fn default() -> SimulateOptions {
        SimulateOptions { sessions: 1_000, seed: 1, devices: DEFAULT_MIX.to_vec(), layout: Layout::Usual }
    }
}

/// One simulated visit.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// Its header; `reason` is the doubt it ended with, `None` where there was none.
    pub header: Header,
    /// Its signals; `t` never falls, and none is later than the header's `end`.
    pub signals: Vec<Signal>,
}

/// The visits, made one at a time.
#[derive(Debug, Clone)]
pub struct Simulation {
    options: SimulateOptions,
    next: u32,
}

/// Simulates visits.
#[must_use]
pub fn simulate(options: &SimulateOptions) -> Simulation {
    Simulation { options: options.clone(), next: 0 }
}

impl Iterator for Simulation {
    type Item = Visit;

    fn next(&mut self) -> Option<Visit> {
        if self.next >= self.options.sessions {
            return None;
        }
        let index = self.next;
        self.next += 1;
        Some(visit(&self.options, index))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.options.sessions.saturating_sub(self.next) as usize;
        (left, Some(left))
    }
}

impl ExactSizeIterator for Simulation {}

/// The visit of this number, from 0, without those before it.
#[must_use]
pub fn visit(options: &SimulateOptions, index: u32) -> Visit {
    let mut rng = Rng::new(options.seed, index.into());
    let devices = if options.devices.is_empty() { DEFAULT_MIX.as_slice() } else { &options.devices };
    let last = u32::try_from(devices.len().saturating_sub(1)).unwrap_or(u32::MAX);
    let device = devices.get(rng.whole(0, last) as usize).copied().unwrap_or(Device::Mouse);
    let mut visitor = Visitor::draw(rng, device, options.layout);
    let reason = visitor.live();
    let signals = visitor.rec.signals;
    let heard = signals.last().map_or(0, |signal| signal.t);
    // a recording that ends in a leave ends with it; one that is cut off ends when nothing more was seen
    let gone = matches!(
        signals.last().map(|signal| signal.kind),
        Some(SignalKind::Unload | SignalKind::Hidden | SignalKind::Blur { .. })
    );
    let end = if gone { heard } else { heard.max((visitor.now + 0.5).clamp(0.0, 4e9) as u32) };
    let header = Header {
        session: format!("sim-{}-{:06}", options.seed, index + 1),
        source: "simulated".to_owned(),
        device,
        w: half_px(visitor.shop.w),
        h: half_px(visitor.shop.h),
        doc_h: half_px(visitor.rec.first_doc_h),
        end,
        visits: visitor.person.visits,
        orders: visitor.person.orders,
        left_cart: 0.0,
        reason,
    };
    Visit { header, signals }
}
