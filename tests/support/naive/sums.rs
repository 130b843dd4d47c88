//! Scrolling, silence, sections and the way to an order, from the list of signals.

use std::collections::BTreeMap;

use falter::features::FEATURE_COUNT;
use falter::features::Index as F;
use falter::signal::{BlurTo, CartOp, FieldAction, ItemId, KeyClass, PageKind, Section, SignalKind};
use falter::window::funnel_step;

use super::{BUCKET, Story};

const COUNTS: [F; 7] =
    [F::PageViews, F::PolicyViews, F::CartAdds, F::CouponsFailed, F::FieldTrouble, F::Copies, F::Problems];

/// A bucket counts scrolling of one way up to here, px.
const MOST_PX: f64 = 32_767.5;
/// Products that are remembered.
const ITEMS: usize = 8;

impl Story<'_> {
    pub(super) fn scroll(&self, row: &mut [f64; FEATURE_COUNT]) {
        let mut set = |index: F, value: f64| row[index as usize] = value;
        let (mut from, mut size) = (0.0f64, self.first);
        let (mut deepest, mut scrolled) = (0.0f64, None);
        let mut by_bucket: BTreeMap<i64, (f64, f64)> = BTreeMap::new();
        for signal in self.signals {
            match signal.kind {
                SignalKind::Resize { h, doc_h, .. } => size = (super::size(h), super::size(doc_h)),
                // a late offset adds nothing to a newer one that counted
                SignalKind::Scroll { .. } if scrolled.is_some_and(|at| i64::from(signal.t) < at) => {}
                SignalKind::Page { .. } => (from, deepest) = (0.0, 0.0),
                SignalKind::Scroll { y } => {
                    let (y, t) = (f64::from(y), i64::from(signal.t));
                    deepest = deepest.max((y + size.0) / size.1);
                    if (y - from).abs() <= 3.0 * size.0 {
                        let bucket = by_bucket.entry(t / BUCKET).or_default();
                        // so much is kept of one way
                        bucket.0 = (bucket.0 + (from - y).max(0.0)).min(MOST_PX);
                        bucket.1 = (bucket.1 + (y - from).max(0.0)).min(MOST_PX);
                        scrolled = Some(t);
                    }
                    from = y;
                }
                _ => {}
            }
        }
        let of = |bucket: i64| by_bucket.get(&bucket).copied().unwrap_or((0.0, 0.0));
        let up = |count| self.buckets(count).map(|b| of(b).0).sum::<f64>() / self.h;
        let down = |count| self.buckets(count).map(|b| of(b).1).sum::<f64>() / self.h;
        set(F::ScrollDepth, deepest.max(self.h / self.doc_h));
        set(F::ScrollUp2, up(16));
        set(F::ScrollUp8, up(64));
        set(F::ScrollDown8, down(64));
        let burst = self.buckets(15).map(|b| of(b).0 + of(b - 1).0).fold(0.0, f64::max);
        set(F::ScrollBurst2, burst / self.h / 0.25);
        let ways: Vec<bool> =
            self.buckets(64).map(of).filter(|(up, down)| up != down).map(|(up, down)| up > down).collect();
        set(F::ScrollReversals8, ways.windows(2).filter(|pair| pair[0] != pair[1]).count() as f64);
        let present = self.buckets(256).filter(|&b| self.is_present_in(b)).count() as f64;
        set(F::ReadingPace32, down(256) / (present * 0.125));
        set(F::SinceScroll, scrolled.map_or(60.0, |at| (self.now - at) as f64 / 1000.0));
    }

    pub(super) fn silence(&self, row: &mut [f64; FEATURE_COUNT]) {
        let mut set = |index: F, value: f64| row[index as usize] = value;
        let since_last = |wanted: fn(&SignalKind) -> bool| {
            let at = self.signals.iter().filter(|signal| wanted(&signal.kind)).map(|signal| signal.t).max();
            at.map_or(60.0, |at| (self.now - i64::from(at)) as f64 / 1000.0)
        };
        set(F::SinceSignal, since_last(|kind| !matches!(kind, SignalKind::Facts(_) | SignalKind::State(_))));
        set(F::SinceClick, since_last(|kind| matches!(kind, SignalKind::Click { .. })));
        set(F::SinceCopy, since_last(|kind| matches!(kind, SignalKind::Copy { .. })));
        set(F::SinceSelect, self.last_selection().map_or(60.0, |at| (self.now - at) as f64 / 1000.0));
        set(F::SinceShortcut, since_last(|kind| matches!(kind, SignalKind::Key { class: KeyClass::Shortcut })));
        let moves = self.samples.windows(2).filter(|pair| !pair[1].jumped).map(|pair| {
            let from = pair[0].t.max(pair[1].t - 200);
            (from / BUCKET, pair[1].t / BUCKET)
        });
        let mut active: Vec<i64> = moves.flat_map(|(from, to)| from..to).collect();
        let acts =
            self.signals.iter().zip(&self.was_present).filter(|(s, was_present)| is_act(&s.kind) && **was_present);
        active.extend(acts.map(|(s, _)| i64::from(s.t) / BUCKET));
        for (index, count) in [(F::ActiveShare8, 64), (F::ActiveShare32, 256)] {
            let here: Vec<i64> = self.buckets(count).filter(|&b| self.is_present_in(b)).collect();
            let acts = here.iter().filter(|bucket| active.contains(bucket)).count();
            set(index, acts as f64 / here.len() as f64);
        }
        let came = self.presence.last().map_or(0, |span| span.0);
        set(F::Presence, (self.now - came) as f64 / 1000.0);
        set(F::Session, self.now as f64 / 1000.0);
        set(F::AwayCount, self.presence.len() as f64 - 1.0);
        let away = self.presence.windows(2).last().map_or(0, |pair| pair[1].0 - pair[0].1.unwrap_or(pair[1].0));
        set(F::LastAway, away as f64 / 1000.0);
    }

    /// The last selection, or movement of over 12 px from where a button that is still held went down.
    fn last_selection(&self) -> Option<i64> {
        let (mut held, mut found) = (None, None);
        for signal in self.signals {
            let t = i64::from(signal.t);
            match signal.kind {
                SignalKind::Down { x, y } if !self.touch => held = Some((x, y)),
                SignalKind::Up { .. } | SignalKind::Pagehide { .. } => held = None,
                SignalKind::Blur { to: BlurTo::Outside } | SignalKind::Hidden => held = None,
                SignalKind::Select => found = found.max(Some(t)),
                SignalKind::Move { x, y }
                    if held.is_some_and(|(from_x, from_y)| libm::hypotf(x - from_x, y - from_y) > 12.0) =>
                {
                    found = found.max(Some(t));
                }
                _ => {}
            }
        }
        found
    }

    pub(super) fn sections(&self, row: &mut [f64; FEATURE_COUNT]) {
        let looks = self.looks();
        for (index, wanted) in [
            (F::ShippingDwell, Section::Shipping),
            (F::ReturnsDwell, Section::Returns),
            (F::PriceDwell, Section::Price),
            (F::PaymentDwell, Section::Payment),
            (F::SizeDwell, Section::Size),
            (F::DeliveryDwell, Section::Delivery),
            (F::TotalDwell, Section::Total),
            (F::AccountDwell, Section::Account),
        ] {
            let spent =
                looks.iter().filter(|look| look.section == wanted).map(|look| self.present_ms(look.from, look.to));
            row[index as usize] = spent.sum::<i64>() as f64 / 1000.0;
        }
        let is_terms = |section| !matches!(section, Section::Price | Section::Reviews);
        let on_terms = |bucket: &i64| {
            let end = (bucket + 1) * BUCKET;
            let is_in = |look: &Look| look.bucket_from < end && look.bucket_to >= end;
            self.is_present_in(*bucket) && looks.iter().any(|look| is_terms(look.section) && is_in(look))
        };
        row[F::TermsDwell32 as usize] = self.buckets(256).filter(on_terms).count() as f64 * 0.125;
        let mut revisits = 0;
        for (number, look) in looks.iter().enumerate() {
            let before = looks[..number].iter().filter(|before| before.section == look.section);
            // the last instant it was looked at before
            if let Some(until) = before.map(|before| self.last_present(before)).max() {
                revisits += i64::from(look.from - until >= 2_000);
            }
        }
        row[F::Revisits as usize] = revisits as f64;
    }

    /// The looks at sections, one after the other.
    fn looks(&self) -> Vec<Look> {
        let mut looks = Vec::new();
        let mut open: Option<Look> = None;
        for (number, told) in self.told.iter().enumerate() {
            let t = i64::from(told.signal.t);
            let bucket = t.max(told.newest * BUCKET);
            let (to, bucket_to, ended_with) = (self.now, self.now, usize::MAX);
            let is_open = |section| open.is_some_and(|look| look.section == section);
            let next = match told.signal.kind {
                SignalKind::Hover { section } if !is_open(section) => {
                    Some(Look { section, from: t, to, ended_with, bucket_from: bucket, bucket_to })
                }
                SignalKind::Unhover { section } if is_open(section) => None,
                SignalKind::Pagehide { .. } => None,
                _ => continue,
            };
            looks.extend(open.map(|look| Look { to: t, ended_with: number, bucket_to: bucket, ..look }));
            open = next;
        }
        looks.extend(open);
        looks
    }

    fn present_ms(&self, from: i64, to: i64) -> i64 {
        let overlap = |&(came, left): &(i64, Option<i64>)| (left.unwrap_or(to).min(to) - came.max(from)).max(0);
        self.presence.iter().map(overlap).sum()
    }

    /// The last instant of a look at which the shopper was there, be it for no time at all; its first if there is none.
    fn last_present(&self, &Look { from, to, ended_with, .. }: &Look) -> i64 {
        let spans = self.presence.iter().zip(&self.began_with).filter(|&(_, &began)| began < ended_with);
        spans.map(|(&(_, left), _)| left.unwrap_or(to).min(to)).max().unwrap_or(from).max(from)
    }

    pub(super) fn purchase(&self, row: &mut [f64; FEATURE_COUNT]) {
        let (mut page, mut value, mut threshold, mut usual) = (PageKind::Home, f64::NAN, f64::NAN, f64::NAN);
        for index in COUNTS {
            row[index as usize] = 0.0;
        }
        let mut count = |index: F| row[index as usize] += 1.0;
        let mut items = Items::default();
        let (mut fields, mut steps, mut pages) = (Vec::new(), Vec::new(), 0);
        let wrong = super::clicks::wrong(self.signals);
        for (number, signal) in self.signals.iter().enumerate() {
            let mut step = 0;
            match signal.kind {
                SignalKind::Click { .. } if wrong.contains(&number) => {
                    count(F::Problems);
                    step = -1;
                }
                SignalKind::Page { page: next, item, .. } => {
                    count(F::PageViews);
                    if next == PageKind::Policy {
                        count(F::PolicyViews);
                    }
                    if let (PageKind::Product, Some(item)) = (next, item) {
                        items.of(item)[0] += 1.0;
                    }
                    // reading a policy is a step neither there nor back
                    if pages > 0 && next != PageKind::Policy && page != PageKind::Policy {
                        step = i32::from((funnel_step(next) - funnel_step(page)).signum());
                    }
                    (page, pages) = (next, pages + 1);
                }
                SignalKind::Cart { op, item, value: total, .. } => {
                    match op {
                        CartOp::Add => count(F::CartAdds),
                        CartOp::CouponFailed => count(F::CouponsFailed),
                        _ => {}
                    }
                    step = match op {
                        CartOp::Add | CartOp::Coupon => 1,
                        CartOp::Remove | CartOp::CouponFailed => -1,
                        CartOp::Quantity => 0,
                    };
                    if let (CartOp::Add | CartOp::Remove, Some(item)) = (op, item) {
                        items.of(item)[if op == CartOp::Add { 1 } else { 2 }] += 1.0;
                    }
                    value = if total.is_nan() { value } else { total };
                }
                SignalKind::Field { what: FieldAction::Error, .. } => {
                    count(F::FieldTrouble);
                    step = -1;
                }
                SignalKind::Field { what: FieldAction::Focus, field } => {
                    if fields.contains(&field) {
                        count(F::FieldTrouble);
                    } else {
                        fields.push(field);
                        step = 1;
                    }
                }
                SignalKind::Copy { .. } => count(F::Copies),
                SignalKind::Problem { .. } => {
                    count(F::Problems);
                    step = -1;
                }
                SignalKind::Facts(facts) => {
                    threshold = if facts.free_shipping_from.is_nan() { threshold } else { facts.free_shipping_from };
                    usual = if facts.usual_order.is_nan() { usual } else { facts.usual_order };
                }
                _ => {}
            }
            steps.push((i64::from(signal.t) / BUCKET, step));
        }
        let recent = steps.iter().filter(|(bucket, _)| *bucket > self.head() - 256).map(|(_, step)| *step);
        row[F::Momentum32 as usize] = f64::from(recent.sum::<i32>());
        row[F::FunnelStep as usize] = f64::from(funnel_step(page));
        // from nothing on, or beside nothing, there is no gap and no ratio
        let some = |fact: f64| if fact > 0.0 { fact } else { f64::NAN };
        row[F::ShippingGap as usize] = (some(threshold) - value) / some(threshold);
        row[F::UsualRatio as usize] = value / some(usual);
        let most = |of: fn(&[f64; 3]) -> f64| items.0.iter().map(|(_, counts)| of(counts)).fold(0.0, f64::max);
        row[F::CartFlips as usize] = most(|&[_, adds, removes]| adds.min(removes));
        row[F::ItemViews as usize] = most(|&[views, adds, removes]| if adds <= removes { views } else { 0.0 });
    }
}

/// A look at a section; and from when to when the buckets have it, in which what is told late changes nothing that was.
#[derive(Clone, Copy)]
struct Look {
    section: Section,
    from: i64,
    to: i64,
    /// The number of the signal that ended it.
    ended_with: usize,
    bucket_from: i64,
    bucket_to: i64,
}

/// Products with their views, adds and removes; the one first heard of makes room.
#[derive(Default)]
struct Items(Vec<(ItemId, [f64; 3])>);

impl Items {
    fn of(&mut self, id: ItemId) -> &mut [f64; 3] {
        let place = self.0.iter().position(|item| item.0 == id).unwrap_or_else(|| {
            if self.0.len() == ITEMS {
                self.0.remove(0);
            }
            self.0.push((id, [0.0; 3]));
            self.0.len() - 1
        });
        &mut self.0[place].1
    }
}

/// What a person does, rather than what the page or browser tells.
fn is_act(kind: &SignalKind) -> bool {
    use SignalKind as K;
    matches!(kind, K::Move { .. } | K::Down { .. } | K::Up { .. } | K::Click { .. } | K::Scroll { .. })
        || matches!(kind, K::Key { .. } | K::Cart { .. } | K::Field { .. } | K::Copy { .. } | K::Zoom | K::Select)
}
