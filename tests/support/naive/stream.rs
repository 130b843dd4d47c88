//! When ticks are due and which signals count, from the whole list of what was told; and with it the features of every tick.

use std::collections::BTreeSet;

use falter::features::Index as F;
use falter::features::{FEATURE_COUNT, FEATURES};
use falter::observer::Observer;
use falter::signal::{BlurTo, Signal, SignalKind};
use falter::window::SessionStart;

use super::{BUCKET, features_of};

const TICK: u32 = 250;
const LATEST: u32 = 250;
const HALF_AN_HOUR: u32 = 1_800_000;
const NO_TIME: u32 = 1 << 31;

/// A signal that counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told {
    pub(crate) signal: Signal,
    /// Number of the newest bucket once it was told.
    pub(crate) newest: i64,
}

/// The stream, from what was told so far.
#[derive(Default)]
struct Stream {
    told: Vec<Told>,
    last_tick: u32,
    /// How late signals came, ms, all together.
    late: u32,
}

impl Stream {
    fn latest(&self) -> u32 {
        self.told.iter().map(|told| told.signal.t).max().unwrap_or(0)
    }

    fn is_present(&self) -> bool {
        let mut present = !self.told.is_empty();
        for told in &self.told {
            present = match told.signal.kind {
                SignalKind::Blur { to: BlurTo::Outside } | SignalKind::Hidden => false,
                SignalKind::Move { .. } | SignalKind::Down { .. } | SignalKind::Scroll { .. } => true,
                SignalKind::Focus | SignalKind::Visible | SignalKind::Pageshow { .. } => true,
                _ => present,
            };
        }
        present
    }

    /// The ticks due at or before `until`: later than every tick and signal there was, while somebody is here.
    fn due(&self, until: u32) -> Vec<u32> {
        let counted = |told: &&Told| !matches!(told.signal.kind, SignalKind::Facts(_) | SignalKind::State(_));
        let Some(heard) = self.told.iter().filter(counted).map(|told| told.signal.t).max() else { return vec![] };
        if until >= NO_TIME || !self.is_present() {
            return vec![];
        }
        let first = (self.latest() / TICK + 1).max(self.last_tick / TICK + 1) * TICK;
        (first..=until.min(heard.saturating_add(HALF_AN_HOUR))).step_by(TICK as usize).collect()
    }

    /// Takes in a signal, unless it is one that does not count.
    fn tell(&mut self, signal: Signal) -> bool {
        let now = self.latest().max(self.last_tick);
        if !signal.kind.is_finite() || signal.t >= NO_TIME || now.saturating_sub(signal.t) >= LATEST {
            return false;
        }
        let ticked = i64::from(self.last_tick.saturating_sub(1));
        let newest = ticked.max(self.latest().into()).max(signal.t.into()) / BUCKET;
        self.told.push(Told { signal, newest });
        self.late += now.saturating_sub(signal.t);
        true
    }
}

/// What a comparison came to.
#[derive(Debug, Default)]
pub(crate) struct Compared {
    pub(crate) ticks: u64,
    pub(crate) dropped: u64,
    /// Places of the features that were seen at more than one value.
    pub(crate) varied: BTreeSet<usize>,
    pub(crate) first: Option<[u32; FEATURE_COUNT]>,
    /// Whether what comes late may have changed what was counted already: then times and shares of time may be off by as much.
    pub(crate) is_loose: bool,
    /// How many values were.
    pub(crate) excused: u64,
}

/// Times that may be off by as much as signals came late, all together.
const TIMES: [F; 8] = [
    F::ShippingDwell,
    F::ReturnsDwell,
    F::PriceDwell,
    F::PaymentDwell,
    F::SizeDwell,
    F::DeliveryDwell,
    F::TotalDwell,
    F::AccountDwell,
];
/// Counts of buckets and looks, which a change told late leaves as they were.
const COUNTS: [F; 6] =
    [F::TermsDwell32, F::Revisits, F::HeaderShare8, F::ActiveShare8, F::ActiveShare32, F::ReadingPace32];

/// Runs signals, each told at a time of the stream, through the fast way and the slow: the same ticks, the same signals taken in,
/// and on ticks that `look` picks by their number the same features.
///
/// # Errors
/// A text that says where they differ.
pub(crate) fn replay(
    start: &SessionStart,
    signals: &[(u32, Signal)],
    end: u32,
    look: impl Fn(u64) -> bool,
    compared: &mut Compared,
) -> Result<(), String> {
    let (mut observer, mut stream) = (Observer::new(start), Stream::default());
    let run = |observer: &mut Observer, stream: &mut Stream, until: u32, compared: &mut Compared| {
        for (number, t) in stream.due(until).into_iter().enumerate() {
            let fast = observer.tick(until);
            if fast != Some(t) {
                return Err(format!("a tick is due at {t} and was {fast:?}"));
            }
            stream.last_tick = t;
            compared.ticks += 1;
            if look(number as u64) {
                compare(observer, stream, &features_of(start, &stream.told, t), t, compared)?;
            }
        }
        match observer.tick(until) {
            None => Ok(()),
            Some(t) => Err(format!("no tick is due at {t}")),
        }
    };
    for &(at, signal) in signals {
        run(&mut observer, &mut stream, at, compared)?;
        let (fast, slow) = (observer.push(&signal).is_some(), stream.tell(signal));
        if fast != slow {
            return Err(format!("{signal:?} at {at}: taken in {fast}, the slow way {slow}"));
        }
        compared.dropped += u64::from(!slow);
    }
    run(&mut observer, &mut stream, end, compared)
}

fn compare(
    observer: &Observer,
    stream: &Stream,
    slow: &[f64; FEATURE_COUNT],
    t: u32,
    compared: &mut Compared,
) -> Result<(), String> {
    let row = observer.row();
    let peak = F::PeakSpeed2 as usize;
    let is_over = slow[peak] >= f64::from(FEATURES[peak].max);
    let first = *compared.first.get_or_insert(row.map(f32::to_bits));
    for (place, (feature, &slow)) in FEATURES.iter().zip(slow).enumerate() {
        let fast = f64::from(row[place]);
        if row[place].to_bits() != first[place] {
            compared.varied.insert(place);
        }
        // differences of speeds have the 32 bits of the speeds, which may lie far over what is told of them
        let least = match place {
            _ if place == F::Acceleration1 as usize && is_over => 2_000.0,
            _ if place == F::Acceleration1 as usize || place == F::Jerk2 as usize => 100.0,
            _ => 1.0,
        };
        let is_near = (fast - slow).abs() <= 1e-4 * slow.abs().max(least) || (fast.is_nan() && slow.is_nan());
        let is_one_of = |list: &[F]| list.iter().any(|&index| index as usize == place);
        let is_by_late = is_one_of(&TIMES) && (fast - slow).abs() <= f64::from(stream.late) / 1000.0 + 1e-4;
        if !is_near && compared.is_loose && (is_by_late || is_one_of(&COUNTS)) {
            compared.excused += 1;
        } else if !is_near {
            return Err(format!("{t} ms: {} is {fast}, the slow way {slow}", feature.name));
        }
    }
    Ok(())
}
