//! Pages and what is done on them without a doubt in mind: looking around, going from page to page through cards and
//! the header, and the detours that look like leaving and are not.

use super::page::{Area, Icon, Page, Part};
use super::visitor::Visitor;
use crate::signal::{Cause, PageKind, Section, SignalKind, Target};

impl Visitor {
    /// The first page: the session starts with it.
    pub(super) fn land(&mut self, kind: PageKind, product: Option<u32>) {
        let policy = self.any_policy();
        self.page = Page::draw(&mut self.rng, &self.shop, kind, product, policy);
        self.viewed.extend(product);
        if !self.person.sampling.marks && self.rng.chance(0.5) {
            self.rec.push(self.now, SignalKind::Focus);
        }
        self.rec.open(self.now, &self.page, &self.shop, None);
        self.rec.push_marked(self.now, SignalKind::Facts(self.shop.facts));
        let look = self.pause(900.0, 0.6);
        self.now += look;
        if !self.touch() && self.rng.chance(0.35) {
            // the pointer comes down from the address bar or the tab
            self.at.1 = -self.rng.between(10.0, 60.0);
            let to = (self.at.0 + self.rng.normal(0.0, 200.0), self.shop.h * self.rng.between(0.15, 0.7));
            self.reach(self.inside(to), 160.0, 1.0);
        }
    }

    /// Goes to another page of the shop: the click that leads there has been made.
    pub(super) fn turn(&mut self, kind: PageKind, product: Option<u32>, policy: Section) {
        self.turn_by(Cause::Shop, kind, product, policy);
    }

    /// Goes to another page of the shop; `cause` as the page that goes knows it (the browser's own buttons: unknown).
    pub(super) fn turn_by(&mut self, cause: Cause, kind: PageKind, product: Option<u32>, policy: Section) {
        let from = self.page.kind;
        if self.shop.single_page {
            self.now += self.shop.load_ms * self.rng.between(0.2, 0.6);
        } else {
            self.now += self.rng.lognormal(120.0, 0.5);
            self.rec.close(self.now, cause);
            self.now += self.shop.load_ms * self.rng.lognormal(1.0, 0.3);
            self.rec.push(self.now, SignalKind::Pageshow { cause });
        }
        self.page = Page::draw(&mut self.rng, &self.shop, kind, product, policy);
        self.scroll = 0.0;
        if let Some(product) = product {
            self.viewed.push(product);
        }
        self.rec.open(self.now, &self.page, &self.shop, Some(from));
        let look = self.pause(700.0, 0.5);
        self.rest(look);
    }

    /// Brings the header within reach: scrolls up where it is not sticky, or out of habit.
    fn header(&mut self) {
        let habit = self.person.goes_up * if self.touch() { 0.15 } else { 0.4 };
        if self.scroll > 0.5 && (!self.shop.sticky || self.rng.chance(habit)) {
            // a thumb on its way to the menu has no haste; a hand on the wheel has some
            self.scroll_to(0.0, if self.touch() { 0.8 } else { 1.4 });
        }
    }

    /// Clicks something in the header.
    pub(super) fn press_icon(&mut self, icon: Icon) {
        self.header();
        let area = icon.area(&self.shop);
        self.reach_into(area);
        self.click(Target::Link);
    }

    /// Through the header's menu to a page of products.
    pub(super) fn through_menu(&mut self) {
        self.press_icon(Icon::Menu);
        // a panel opens under the menu, and an entry in it is chosen
        let area = Icon::Menu.area(&self.shop);
        let to = (area.x + area.w * self.rng.unit(), area.y + area.h + self.rng.between(30.0, 260.0));
        let look = self.pause(500.0, 0.5);
        self.rest(look);
        self.reach(self.inside(to), 26.0, 1.0);
        self.click(Target::Link);
        let policy = self.any_policy();
        self.turn(PageKind::Category, None, policy);
    }

    /// Through the search box.
    pub(super) fn through_search(&mut self) {
        self.press_icon(Icon::Search);
        self.state_typing(true);
        let letters = self.rng.whole(4, 16);
        self.type_keys(letters);
        self.state_typing(false);
        let policy = self.any_policy();
        self.turn(PageKind::Search, None, policy);
    }

    pub(super) fn state_typing(&mut self, typing: bool) {
        use crate::signal::PageState;
        let state = PageState { typing: Some(typing), ..PageState::default() };
        self.rec.push_marked(self.now, SignalKind::State(state));
    }

    /// Before one of several is chosen: back up over what was seen, and slowly about over the candidates. Pointers hover over several
    /// results before one is clicked (Huang, White and Dumais, CHI 2011; times are chosen), and it looks much like wavering.
    pub(super) fn weigh(&mut self) {
        if self.scroll > 0.3 * self.shop.h && self.rng.chance(0.5) {
            let up = self.scroll - self.shop.h * self.rng.between(0.3, 1.8);
            self.scroll_to(up, 1.5);
        }
        let ms = self.pause(2_400.0, 0.5);
        self.falter(ms);
    }

    /// Opens a product from a card of this page; through the menu where there is none.
    pub(super) fn open_product(&mut self, wanted: Option<u32>) {
        let cards: Vec<(u32, Area)> = self
            .page
            .parts
            .iter()
            .filter_map(|(part, area)| if let Part::Card(product) = part { Some((*product, *area)) } else { None })
            .collect();
        // rows further down are chosen less often
        let weights: Vec<f64> = cards.iter().map(|(_, area)| libm::exp(-area.y / 900.0)).collect();
        let index = self.rng.weighted(&weights);
        // where there is nothing but a list, choosing from it is all there is to do
        if self.rng.chance(if self.person.sampling.marks { 0.25 } else { 0.5 }) {
            self.weigh();
        }
        let (product, area) = match cards.get(index) {
            Some((product, area)) => (wanted.unwrap_or(*product), *area),
            None => {
                self.through_search();
                let product = self.rng.whole(0, self.shop.products() - 1);
                let area = Area { x: self.shop.w * 0.2, y: self.shop.header + 40.0, w: 200.0, h: 200.0 };
                (wanted.unwrap_or(product), area)
            }
        };
        self.press(area, Target::Link);
        let policy = self.any_policy();
        self.turn(PageKind::Product, Some(product), policy);
    }

    /// Opens the page about this from the links at the foot.
    pub(super) fn open_policy(&mut self, about: Section) {
        if let Some(foot) = self.page.find(Part::Footer) {
            self.scroll_to(self.page.doc_h, 1.2);
            let (w, h) = (self.shop.w * 0.6, 16.0);
            let area = Area { x: foot.x + self.shop.w * 0.2, y: foot.y + foot.h * 0.4, w, h };
            self.press(area, Target::Link);
        }
        self.turn(PageKind::Policy, None, about);
    }

    /// How much a part draws the eye on its own.
    fn pull(part: Part) -> f64 {
        match part {
            Part::Card(_) => 0.8,
            Part::Text => 1.0,
            Part::Media => 1.3,
            Part::Lines => 1.5,
            Part::Button => 0.15,
            Part::Field(_) => 0.0,
            Part::Footer => 0.12,
            Part::Marked(section) => match section {
                Section::Price => 1.3,
                Section::Reviews => 1.1,
                Section::Total => 1.2,
                Section::Size => 0.7,
                Section::Shipping | Section::Delivery => 0.5,
                Section::Returns | Section::Payment | Section::Account => 0.35,
                Section::Coupon => 0.2,
            },
        }
    }

    /// Looks around on the page for about `ms`; `drawn` to some sections more than others would be.
    pub(super) fn view(&mut self, ms: f64, drawn: &[(Section, f64)]) {
        let until = self.now + ms;
        let mut tired = vec![1.0; self.page.parts.len()];
        while self.now < until {
            if self.rng.chance(0.16) {
                self.detour();
                continue;
            }
            let weights: Vec<f64> = self
                .page
                .parts
                .iter()
                .zip(&tired)
                .map(|((part, area), tired)| {
                    let want = drawn.iter().find(|(section, _)| *part == Part::Marked(*section)).map_or(1.0, |d| d.1);
                    // the eye goes on from where it is: what is in view or just below comes first
                    let below = (area.y - self.scroll - 0.4 * self.shop.h) / self.shop.h;
                    let away = if below < 0.0 { -3.5 * below } else { below };
                    Visitor::pull(*part) * want * tired * libm::exp(-away * 1.1)
                })
                .collect();
            let index = self.rng.weighted(&weights);
            let Some(&(part, area)) = self.page.parts.get(index) else { return };
            if let Some(slot) = tired.get_mut(index) {
                *slot *= 0.25;
            }
            let (median, point) = match part {
                Part::Card(_) => (1_100.0, 0.4),
                Part::Text => (2_800.0, 0.35),
                Part::Marked(Section::Reviews) => (5_000.0, 0.35),
                Part::Marked(_) | Part::Lines => (1_700.0, 0.5),
                Part::Media => (2_000.0, 0.35),
                _ => (700.0, 0.4),
            };
            let look = self.pause(median, 0.6);
            self.attend(area, look, point);
            self.try_out(part, area);
        }
    }

    /// Presses what is looked at, where that does something without leading away: the next picture, a size, a line that
    /// unfolds (chances are chosen).
    pub(super) fn try_out(&mut self, part: Part, area: Area) {
        let (chance, on) = match part {
            Part::Media => (0.3, Target::Media),
            Part::Marked(Section::Size) => (0.5, Target::Field),
            Part::Marked(Section::Price) => (0.03, Target::Text),
            Part::Marked(_) => (0.2, Target::Button),
            Part::Text => (0.08, Target::Text),
            _ => return,
        };
        if !self.rng.chance(chance) {
            return;
        }
        self.press(area, on);
        let look = self.pause(1_300.0, 0.6);
        self.attend(area, look, 0.2);
    }

    /// Something on the side. Most of it moves like a leave and is none.
    fn detour(&mut self) {
        let touch = self.touch();
        let choice = self.rng.pick([
            (0, if touch { 0.0 } else { 3.0 }),
            (1, if self.person.second_screen { 1.6 } else { 0.0 }),
            (2, if touch { 0.25 } else { 0.6 }),
            (3, 0.8),
            (4, if touch { 0.0 } else { 2.0 }),
            (5, if touch { 0.0 } else { 0.7 }),
            (6, 1.6),
            (7, if touch { 0.0 } else { 1.0 }),
            (8, 0.8),
            (9, 1.0),
        ]);
        match choice {
            0 => self.look_at_header(),
            1 => {
                // to something on the other screen, or the developer's tools, and back, without clicking there
                let side = if self.rng.chance(0.85) { self.shop.w + 180.0 } else { -40.0 };
                let y = self.shop.h * self.rng.between(0.1, 0.9);
                self.reach((side, y), 120.0, 1.2);
                let look = self.pause(2_500.0, 0.8);
                self.rest(look);
                let to = (self.shop.w * self.rng.between(0.2, 0.8), self.shop.h * self.rng.between(0.2, 0.8));
                self.reach(to, 150.0, 1.0);
            }
            2 => {
                self.scroll_to(0.0, 1.0);
                let look = self.pause(900.0, 0.6);
                self.rest(look);
            }
            3 => {
                if let Some(area) = self.page.find(Part::Media) {
                    self.press(area, Target::Media);
                    self.rec.push_marked(self.now, SignalKind::Zoom);
                    let look = self.pause(2_500.0, 0.5);
                    self.attend(area, look, 0.8);
                }
            }
            4 => {
                // the hand parks the pointer out of the way, often near the top, and reading goes on
                let y = if self.rng.chance(0.5) { self.rng.between(3.0, 70.0) } else { self.shop.h * self.rng.unit() };
                let to = (self.at.0 + self.rng.normal(0.0, 200.0), y);
                self.reach(self.inside(to), 80.0, 0.9);
                let look = self.pause(4_000.0, 0.7);
                self.rest(look);
            }
            5 => {
                // up over the edge to see another tab's title or a bookmark, and back
                let x = self.shop.w * self.rng.between(0.1, 0.9);
                let y = -self.rng.between(15.0, 80.0);
                self.reach((x, y), 40.0, 1.1);
                let look = self.pause(900.0, 0.6);
                self.rest(look);
                let to = (x + self.rng.normal(0.0, 150.0), self.shop.h * self.rng.between(0.15, 0.7));
                self.reach(self.inside(to), 150.0, 1.0);
            }
            6 => {
                let look = self.pause(6_000.0, 0.6);
                self.rest(look);
            }
            7 => {
                let ms = self.rng.exponential(1_200.0);
                self.wander(ms);
            }
            8 => {
                let wait = self.pause(200.0, 0.5);
                self.rest(wait);
                if !touch {
                    self.click(Target::Text);
                }
            }
            _ => {
                let down = self.scroll + self.shop.h * self.rng.between(0.4, 1.6);
                self.scroll_to(down, 1.2);
            }
        }
    }

    /// Goes up to the header, looks at the menu or the cart, and comes back.
    fn look_at_header(&mut self) {
        self.header();
        let icon = self.rng.pick([(Icon::Menu, 0.5), (Icon::Search, 0.15), (Icon::Cart, 0.25), (Icon::Account, 0.1)]);
        self.reach_into(icon.area(&self.shop));
        let look = self.pause(700.0, 0.6);
        self.rest(look);
        if self.rng.chance(0.4) {
            let to = (self.at.0 + self.rng.normal(0.0, 160.0), self.at.1 + self.rng.normal(0.0, 15.0));
            self.reach(self.inside(to), 40.0, 1.0);
            let look = self.pause(500.0, 0.6);
            self.rest(look);
        }
        if self.rng.chance(0.75) {
            let to = (self.shop.w * self.rng.between(0.15, 0.85), self.shop.h * self.rng.between(0.25, 0.85));
            self.reach(to, 140.0, 1.0);
        }
    }
}
