//! A visit from its first page to its end: a goal, a doubt or none, and the way through the shop that follows from
//! them.

use super::doubt::{MIX, drawn_to, stage};
use super::page::Icon;
use super::visitor::Visitor;
use crate::reason::Reason;
use crate::signal::{Cause, PageKind, Section, Target};

/// How a visit ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// With an order, and no leave before it.
    Buys,
    /// With an order, after having been away in between.
    BuysLate,
    /// The recording ends while the shopper is there.
    Stays,
    /// With a leave, over a doubt.
    Leaves,
    /// With a leave from the first page, after little.
    Bounces,
    /// The recording ends on the first page, after little, while the shopper is there.
    Glimpses,
}

/// Not the shares of a shop (where 2–3 % buy and 40–50 % bounce) but those that teach both sides: somewhat under half
/// of the visits have no leave before an order, or none at all, so that false alarms weigh as much as leaves.
const ENDINGS: [(Ending, f64); 5] = [
    (Ending::Buys, 0.16),
    (Ending::BuysLate, 0.07),
    (Ending::Stays, 0.28),
    (Ending::Leaves, 0.36),
    (Ending::Bounces, 0.13),
];
/// Where nothing is marked: landing pages, lists of results, articles. People look for half a minute and go, or click
/// through (chosen).
const UNMARKED_ENDINGS: [(Ending, f64); 4] =
    [(Ending::Bounces, 0.5), (Ending::Glimpses, 0.3), (Ending::Leaves, 0.1), (Ending::Stays, 0.1)];
/// Doubts that pass, among visitors who don't leave over one.
const PASSING_DOUBT: f64 = 0.4;
/// A visit is cut off after this, ms: chosen, three times a long visit.
const LONGEST_MS: f64 = 720_000.0;

impl Visitor {
    /// Lives through the visit. Gives back the doubt it ended with, where it ended with one.
    pub(super) fn live(&mut self) -> Option<Reason> {
        let marks = self.person.sampling.marks;
        let ending = if marks { self.rng.pick(ENDINGS) } else { self.rng.pick(UNMARKED_ENDINGS) };
        let leaves = matches!(ending, Ending::Leaves | Ending::BuysLate);
        let reason = (leaves || self.rng.chance(PASSING_DOUBT)).then(|| self.rng.pick(MIX));
        if let Some(reason) = reason {
            self.shop.provoke(&mut self.rng, reason);
        }
        let goal = match ending {
            Ending::Buys | Ending::BuysLate => PageKind::Thanks,
            Ending::Bounces | Ending::Glimpses => PageKind::Home,
            _ => match reason {
                Some(reason) => self.rng.pick(stage(reason)),
                None => self.rng.pick([
                    (PageKind::Category, 0.3),
                    (PageKind::Product, 0.4),
                    (PageKind::Cart, 0.2),
                    (PageKind::Checkout, 0.1),
                ]),
            },
        };
        let bites = reason.map(|reason| if goal == PageKind::Thanks { self.rng.pick(stage(reason)) } else { goal });
        self.enter(ending, bites);
        if ending == Ending::Glimpses {
            let ms = self.rng.lognormal(22_000.0, 0.6).clamp(4_000.0, 90_000.0);
            self.view(ms, &[]);
            if self.rng.chance(0.6) {
                self.weigh();
            }
            return None;
        }
        if ending == Ending::Bounces {
            let ms = self.rng.lognormal(7_000.0, 0.7).clamp(1_000.0, 60_000.0);
            self.view(ms, &[]);
            while self.rng.chance(0.4) && self.step_away() {
                let ms = self.rng.lognormal(5_000.0, 0.7).clamp(500.0, 40_000.0);
                self.view(ms, &[]);
            }
            if !self.over {
                self.leave(false);
            }
            return None;
        }
        self.shop_until(goal, reason.zip(bites), ending);
        if self.over {
            return reason.filter(|_| leaves);
        }
        match ending {
            Ending::Leaves => {
                self.leave(true);
                reason
            }
            Ending::Stays => {
                // somewhere in the middle of something
                let ms = self.rng.exponential(9_000.0);
                self.view(ms, &[]);
                None
            }
            _ => {
                let ms = self.pause(6_000.0, 0.6);
                self.view(ms, &[]);
                if self.rng.chance(0.55) && self.now < LONGEST_MS {
                    self.leave(false);
                }
                None
            }
        }
    }

    fn enter(&mut self, ending: Ending, bites: Option<PageKind>) {
        let product = self.rng.whole(0, self.shop.products() - 1);
        let early = matches!(bites, Some(PageKind::Category)) || matches!(ending, Ending::Bounces | Ending::Glimpses);
        let kind = self.rng.pick([
            (PageKind::Home, if early { 0.4 } else { 0.3 }),
            (PageKind::Category, 0.25),
            (PageKind::Product, 0.45),
        ]);
        self.land(kind, (kind == PageKind::Product).then_some(product));
    }

    /// Goes from page to page towards `goal`; lives through the doubt on the page where it bites.
    fn shop_until(&mut self, goal: PageKind, doubt: Option<(Reason, PageKind)>, ending: Ending) {
        let mut doubt = doubt;
        let away_in_vain = matches!(ending, Ending::Leaves | Ending::BuysLate);
        let products = self.rng.pick([(1, 0.4), (2, 0.3), (3, 0.18), (4, 0.12)]);
        let mut products_left = products;
        // visits have a pace of their own: some fly through the pages, some read them all
        let pace = self.rng.lognormal(1.0, 0.35);
        for _ in 0..16 {
            if self.over || self.now > LONGEST_MS {
                return;
            }
            let kind = self.page.kind;
            let drawn: &[(Section, f64)] = doubt.map_or(&[], |(reason, _)| drawn_to(reason));
            let (median, sigma) = match kind {
                PageKind::Home => (7_000.0, 0.5),
                PageKind::Category | PageKind::Search => (13_000.0, 0.5),
                PageKind::Product => (17_000.0, 0.5),
                PageKind::Cart => (9_000.0, 0.5),
                PageKind::Policy => (9_000.0, 0.5),
                _ => (4_000.0, 0.5),
            };
            let ms = self.pause(median, sigma) * pace;
            self.view(ms, drawn);
            if away_in_vain && self.rng.chance(0.13) && !self.step_away() {
                return;
            }
            let there =
                doubt.is_some_and(|(_, bites)| bites == kind) && (kind != PageKind::Product || products_left <= 1);
            if let Some((reason, _)) = doubt.filter(|_| there) {
                let strength = if away_in_vain { 1.0 } else { self.rng.between(0.3, 0.8) };
                self.worry(reason, strength);
                if self.over || ending == Ending::Leaves {
                    return;
                }
                if ending == Ending::BuysLate && !self.step_away() {
                    return;
                }
                doubt = None;
            }
            if self.page.kind == goal && (kind != PageKind::Product || products_left <= 1) {
                return;
            }
            if !self.next_page(goal, &mut products_left) {
                return;
            }
        }
    }

    /// One step on towards `goal`. False when there is none.
    fn next_page(&mut self, goal: PageKind, products_left: &mut u32) -> bool {
        let policy = self.any_policy();
        match self.page.kind {
            PageKind::Home => match self.rng.pick([(0, 0.45), (1, 0.2), (2, 0.35)]) {
                0 => self.through_menu(),
                1 => self.through_search(),
                _ if goal == PageKind::Category => self.through_menu(),
                _ => self.open_product(None),
            },
            PageKind::Category | PageKind::Search => self.open_product(None),
            PageKind::Product => {
                let deep = matches!(goal, PageKind::Cart | PageKind::Checkout | PageKind::Payment | PageKind::Thanks);
                if deep && (*products_left <= 1 || self.rng.chance(0.35)) {
                    self.add();
                }
                if *products_left > 1 {
                    *products_left -= 1;
                    match self.rng.pick([(0, 0.3), (1, 0.2), (2, 0.4), (3, 0.1)]) {
                        0 => self.through_menu(),
                        1 => self.through_search(),
                        3 => {
                            self.press_icon(Icon::Logo);
                            self.turn(PageKind::Home, None, policy);
                        }
                        _ => self.open_product(None),
                    }
                } else if deep {
                    self.open_cart();
                } else {
                    self.through_menu();
                }
            }
            PageKind::Cart => {
                if self.rng.chance(0.2) {
                    self.change_quantity();
                }
                if self.rng.chance(0.1) {
                    let works = self.rng.chance(0.7);
                    self.try_coupon(works);
                }
                self.go_on(PageKind::Checkout);
            }
            PageKind::Checkout => {
                self.fill_in(1.0, 0.05);
                self.go_on(PageKind::Payment);
            }
            PageKind::Payment => {
                self.fill_in(1.0, 0.06);
                self.pay();
            }
            PageKind::Policy => {
                // back to the product, by the browser's own back button or a link
                let product = self.viewed.last().copied();
                let mut cause = Cause::Shop;
                if self.rng.chance(0.5) && !self.touch() {
                    cause = Cause::Unknown;
                    let to = (self.shop.w * 0.03, -self.rng.between(40.0, 80.0));
                    self.reach(to, 26.0, 1.0);
                    let wait = self.pause(250.0, 0.4);
                    self.now += wait;
                } else if !self.touch() {
                    let to = (self.shop.w * 0.2, self.shop.header * 0.7);
                    self.reach(to, 40.0, 1.0);
                    self.click(Target::Link);
                }
                let kind = if product.is_some() { PageKind::Product } else { PageKind::Category };
                self.turn_by(cause, kind, product, policy);
            }
            PageKind::Account | PageKind::Thanks => return false,
        }
        true
    }
}
