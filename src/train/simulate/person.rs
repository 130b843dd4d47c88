//! Who visits: motor traits, tempo, habits, and the recorder they are seen through. All drawn once a visit.

use super::rng::Rng;
use crate::signal::Device;

/// How a visitor's pointer reaches its targets.
#[derive(Debug, Clone, Copy)]
pub(super) struct Motor {
    /// Fitts's intercept, ms.
    pub(super) a: f64,
    /// Fitts's slope, ms a bit, for the Shannon form log2(D/W + 1).
    pub(super) b: f64,
    /// Share of the way that the first submovement covers on average.
    pub(super) gain: f64,
    /// Endpoint spread along the way: seconds, multiplies the submovement's mean speed (Meyer et al. 1988).
    pub(super) spread_s: f64,
    /// Spread across the way, as a share of the spread along it.
    pub(super) across: f64,
    /// Habitual bow of the path, a share of its length, with sign.
    pub(super) bow: f64,
    /// Amplitude of tremor, px.
    pub(super) tremor_px: f64,
    /// Frequency of tremor, Hz.
    pub(super) tremor_hz: f64,
}

/// The way pointer events become recorded moves.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sampling {
    /// Time between two reports of the device, ms.
    pub(super) poll_ms: f64,
    /// Time between two pointer events of the page, ms: browsers hand them out once a frame.
    pub(super) frame_ms: f64,
    /// Chance that a frame brings no pointer event: the page was busy, or the browser merged it with the next.
    pub(super) dropped: f64,
    /// Mean time from a frame to its event being handled, ms: pages are busy for a while each frame.
    pub(super) busy_ms: f64,
    /// Moves sooner than this after the last recorded one are not recorded; 0 records every event.
    pub(super) throttle_ms: f64,
    /// Scroll offsets are recorded at most this often, ms.
    pub(super) scroll_ms: f64,
    /// Coordinates are whole px (else half px, on screens with a finer pixel).
    pub(super) whole_px: bool,
    /// Sections, page kinds, edges and carts are seen; else only pointer, scroll, keys and presence, as on a page
    /// where nothing is marked.
    pub(super) marks: bool,
}

/// What the visitor scrolls with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Scroller {
    /// A wheel with notches, and the time constant with which the browser smooths them.
    Wheel { notch_px: f64, smooth_ms: f64 },
    /// A trackpad: gestures, then inertia with this time constant.
    Trackpad { inertia_ms: f64 },
    /// A finger on the page: flings with this time constant.
    Finger { inertia_ms: f64 },
}

/// A visitor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person {
    pub(super) device: Device,
    pub(super) motor: Motor,
    pub(super) sampling: Sampling,
    pub(super) scroller: Scroller,
    /// How far one push of the finger goes, viewports.
    pub(super) stroke: f64,
    /// Multiplies every pause.
    pub(super) tempo: f64,
    /// How much of the reading the pointer goes along with, 0..1 (Rodden et al. 2008, Huang et al. 2012).
    pub(super) follows: f64,
    /// Movements without an aim, per second of rest.
    pub(super) fidgets: f64,
    /// How often the hand goes on shifting a little after it has arrived, 0..1.
    pub(super) settles: f64,
    /// Small twitches of a resting hand, per second.
    pub(super) twitches: f64,
    /// Chance that the hand leaves the mouse in a pause.
    pub(super) hand_off: f64,
    /// Has a second screen to the right (or left).
    pub(super) second_screen: bool,
    /// Drags the scroll bar now and then.
    pub(super) drags_bar: bool,
    /// Scrolls back to the top before going to the header, even where it is sticky.
    pub(super) goes_up: f64,
    /// Selects text while reading.
    pub(super) selects: f64,
    pub(super) visits: u32,
    pub(super) orders: u32,
}

impl Person {
    /// Draws a visitor.
    pub(super) fn draw(rng: &mut Rng, device: Device) -> Person {
        let touch = device == Device::Touch;
        // visits and orders before: most visitors are new (chosen)
        let visits = if rng.chance(0.55) { 0 } else { rng.exponential(4.0).min(60.0) as u32 + 1 };
        let orders = if visits > 0 && rng.chance(0.4) { rng.whole(1, (visits / 2).max(1)) } else { 0 };
        Person {
            device,
            motor: Motor::draw(rng),
            sampling: Sampling::draw(rng, touch),
            scroller: Scroller::draw(rng, touch),
            // what a thumb covers without the hand's shifting: some 2–5 cm of a 14 cm screen (chosen)
            stroke: rng.lognormal(0.25, 0.3).clamp(0.1, 0.45),
            tempo: rng.lognormal(1.0, 0.3),
            // a third hardly, the rest from now and then to most of the time (the patterns of Rodden et al. 2008)
            follows: if rng.chance(0.3) { rng.between(0.0, 0.1) } else { rng.between(0.1, 0.75) },
            fidgets: rng.lognormal(0.14, 0.8).min(0.8),
            settles: rng.between(0.2, 0.95),
            twitches: rng.lognormal(0.22, 0.8).min(2.0),
            hand_off: rng.between(0.02, 0.35),
            second_screen: !touch && rng.chance(0.3),
            drags_bar: !touch && rng.chance(0.12),
            goes_up: rng.unit(),
            selects: if rng.chance(0.25) { rng.between(0.02, 0.12) } else { 0.0 },
            visits,
            orders,
        }
    }
}

impl Motor {
    fn draw(rng: &mut Rng) -> Motor {
        Motor {
            // Movement time = a + b · log2(D/W + 1). MacKenzie, Sellen and Buxton 1991 found 223 ms a bit for the
            // mouse, Soukoreff and MacKenzie 2004 give throughputs of 3.7–4.9 bits/s (204–270 ms a bit); in daily use
            // it varies more and is a little slower to start (Chapuis et al. 2007), hence a positive intercept.
            a: rng.normal(60.0, 40.0).clamp(-40.0, 200.0),
            b: rng.normal(195.0, 40.0).clamp(100.0, 340.0),
            // first submovements undershoot by 5–10 % on average (Elliott, Helsen and Chua 2001), some overshoot
            gain: rng.normal(0.95, 0.03).clamp(0.85, 1.04),
            // endpoint sd = K · D/T (Schmidt et al. 1979, Meyer et al. 1988), K about 30–60 ms
            spread_s: rng.normal(0.045, 0.012).clamp(0.015, 0.09),
            across: rng.between(0.3, 0.6),
            // chosen: arcs of a wrist on its pivot, a few per cent of the way
            bow: rng.normal(0.0, 0.05),
            // physiological tremor is 8–12 Hz (Elble and Koller 1990), a fraction of a px at the mouse
            tremor_px: rng.lognormal(0.25, 0.5).min(1.5),
            tremor_hz: rng.between(8.0, 12.0),
        }
    }
}

impl Sampling {
    fn draw(rng: &mut Rng, touch: bool) -> Sampling {
        let frame_ms = if rng.chance(0.2) { 1000.0 / 120.0 } else { 1000.0 / 60.0 };
        let slow = rng.chance(0.5);
        // Half of the visitors are seen through a recorder that keeps a sample every 100–200 ms, mostly 150 (what
        // session replay tools and the public recordings do), half at the page's own rate.
        let throttle_ms = if slow { rng.pick([(100.0, 0.15), (150.0, 0.7), (200.0, 0.15)]) } else { 0.0 };
        Sampling {
            poll_ms: rng.pick([(8.0, 0.55), (4.0, 0.05), (2.0, 0.1), (1.0, 0.3)]),
            frame_ms,
            dropped: rng.between(0.01, 0.15),
            busy_ms: rng.lognormal(2.5, 0.6).min(9.0),
            throttle_ms,
            scroll_ms: if slow && rng.chance(0.5) { rng.between(28.0, 60.0) } else { frame_ms },
            whole_px: rng.chance(0.75),
            marks: touch || !rng.chance(0.3),
        }
    }
}

impl Scroller {
    fn draw(rng: &mut Rng, touch: bool) -> Scroller {
        if touch {
            // a fling loses 0.2 % of its speed a ms on iOS (UIScrollView's normal rate: 500 ms), Android's is shorter
            Scroller::Finger { inertia_ms: rng.between(280.0, 520.0) }
        } else if rng.chance(0.55) {
            // 100 px a notch in Chromium on Windows, 120 with other settings; animated over 100–200 ms
            Scroller::Wheel {
                notch_px: rng.pick([(100.0, 0.6), (120.0, 0.25), (53.0, 0.15)]),
                smooth_ms: rng.between(30.0, 70.0),
            }
        } else {
            Scroller::Trackpad { inertia_ms: rng.between(180.0, 380.0) }
        }
    }
}
