//! `falter report`: sides by first exposure, windows, repeated events; intervals that hold what they say; errors that name the line.
#![cfg(feature = "cli")]

#[path = "support/command.rs"]
mod command;

use std::fmt::Write as _;

use falter::train::report::{Amounts, Event, Report, Settings, Share, Tally, difference, mean_difference};
use serde_json::Value;

use command::{Folder, falter, stderr, stdout};

const HOUR: u64 = 3_600_000;
const DAY: u64 = 24 * HOUR;

/// Lines of a made-up shop's webhook.
#[derive(Default)]
struct Lines {
    text: String,
    count: u64,
}

impl Lines {
    fn add(&mut self, visitor: &str, at: u64, rest: &str) {
        self.count += 1;
        let id = format!("{:021}", self.count);
        writeln!(self.text, r#"{{"v":1,"id":"{id}","at":{at},"visitor":"{visitor}",{rest}}}"#).unwrap();
    }

    fn exposure(&mut self, visitor: &str, at: u64, side: &str) {
        let rendered = side == "shown";
        self.add(
            visitor,
            at,
            &format!(
                r#""type":"exposure","t":6000,"side":"{side}","rendered":{rendered},"vetoed":false,"reason":"fit","holdout":0.5"#
            ),
        );
    }

    fn purchase(&mut self, visitor: &str, at: u64, value: f64) {
        self.add(visitor, at, &format!(r#""type":"purchase","value":{value},"currency":"EUR""#));
    }

    fn report(&self) -> Report {
        tally(&self.text).report(Settings::default())
    }
}

fn tally(text: &str) -> Tally {
    let mut tally = Tally::default();
    text.lines().for_each(|line| tally.add(Event::read(line).unwrap()));
    tally
}

/// By hand: three visitors shown, two held out. `a` buys twice within the week, `b` a day before it was exposed and nine days after, `c`
/// nothing; `d` buys once, `e` nothing; `f` was never exposed.
fn by_hand() -> Lines {
    let mut lines = Lines::default();
    let start = 100 * DAY;
    for (visitor, side) in [("a", "shown"), ("b", "shown"), ("c", "shown"), ("d", "holdout"), ("e", "holdout")] {
        lines.exposure(visitor, start, side);
    }
    lines.purchase("a", start + HOUR, 20.0);
    lines.purchase("a", start + 7 * DAY, 5.5);
    lines.purchase("b", start - DAY, 99.0);
    lines.purchase("b", start + 9 * DAY, 99.0);
    lines.purchase("d", start + DAY, 30.0);
    lines.purchase("f", start, 99.0);
    let card = r#""reason":"fit","message":"help","tone":"plain""#;
    lines.add("a", start, &format!(r#""type":"show",{card}"#));
    lines.add("b", start, &format!(r#""type":"show",{card},"offer":"discount","percent":10"#));
    lines.add("c", start, &format!(r#""type":"show",{card},"offer":"discount","percent":20"#));
    lines.add("c", start + 1, r#""type":"dismiss","reason":"fit","message":"help","how":"no""#);
    lines.add("a", start + 1, r#""type":"act","reason":"fit","message":"help","how":"button""#);
    // c leaves a cart and comes back an hour later; e leaves one and only looks away for a moment
    lines.add("c", start + HOUR, r#""type":"leave","t":9,"reason":"fit","risk":0.5,"cart":12"#);
    lines.add("c", start + 2 * HOUR, r#""type":"leave","t":9,"reason":"fit","risk":0.5"#);
    lines.add("e", start + HOUR, r#""type":"leave","t":9,"reason":"fit","risk":0.5,"cart":12"#);
    lines.add("e", start + HOUR + 60_000, r#""type":"leave","t":9,"reason":"fit","risk":0.5"#);
    lines
}

#[test]
fn sides_are_by_first_exposure_and_orders_by_the_window() {
    let report = by_hand().report();
    let (shown, held_out) = (report.shown, report.held_out);
    assert_eq!((shown.visitors, shown.exposures, shown.rendered, shown.shows), (3, 3, 3, 3));
    assert_eq!((shown.buyers, shown.purchases, shown.value), (1, 2, 25.5));
    assert_eq!((shown.acts, shown.dismissals), (1, 1));
    assert_eq!((held_out.visitors, held_out.buyers, held_out.value, held_out.rendered), (2, 1, 30.0, 0));
    assert_eq!((shown.left, shown.returned, held_out.left, held_out.returned), (1, 1, 1, 0));
    assert_eq!(report.visitors_without_exposure, 1);
    assert_eq!((report.discounts.shows, report.discounts.mean_percent), (2, 15.0));
    assert!((report.discounts.share - 2.0 / 3.0).abs() < 1e-12);
    let lift = report.lift.unwrap();
    assert!((lift.conversion.value - (1.0 / 3.0 - 0.5)).abs() < 1e-12);
    assert!((lift.value.value - (8.5 - 15.0)).abs() < 1e-12);
    assert!(report.too_early.unwrap().contains("3 visitors shown"), "five visitors say nothing");
}

#[test]
fn order_and_repetition_of_lines_change_nothing() {
    let lines = by_hand();
    let expected = lines.report();
    let mut turned: Vec<&str> = lines.text.lines().rev().collect();
    turned.extend(lines.text.lines());
    let report = tally(&turned.join("\n")).report(Settings::default());
    assert_eq!(report.repeated, lines.count);
    assert_eq!(Report { repeated: 0, ..report }, expected);
}

#[test]
fn who_changes_sides_stays_on_the_first() {
    let mut lines = Lines::default();
    lines.exposure("a", 2 * DAY, "holdout");
    lines.exposure("a", DAY, "shown");
    lines.purchase("a", 3 * DAY, 10.0);
    let report = lines.report();
    assert_eq!((report.shown.visitors, report.held_out.visitors), (1, 0));
    assert_eq!((report.shown.buyers, report.visitors_on_both_sides), (1, 1));
    assert_eq!(report.lift, None, "nobody to compare with");
}

/// A generator that is only good enough for this (Knuth's MMIX).
struct Coin(u64);

impl Coin {
    fn draw(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Buyers and what they paid, of so many visitors of whom a share `p` buys.
fn side(coin: &mut Coin, visitors: u64, p: f64) -> (Share, Amounts) {
    let mut amounts = Amounts::default();
    let mut count = 0;
    for _ in 0..visitors {
        let buys = coin.draw() < p;
        count += u64::from(buys);
        amounts.add(if buys { 10.0 + 90.0 * coin.draw() } else { 0.0 });
    }
    (Share { count, of: visitors }, amounts)
}

/// Shops where cards change nothing: an interval of 95 % covers zero in 95 of 100, of 90 % in 90.
#[test]
fn intervals_cover_no_lift_as_often_as_they_say() {
    const SHOPS: u32 = 1_500;
    let mut coin = Coin(7);
    let mut covered = [0_u32; 4];
    for _ in 0..SHOPS {
        let ((one, paid), (other, paid_other)) = (side(&mut coin, 1_800, 0.06), side(&mut coin, 400, 0.06));
        let (conversion, value) = (difference(one, other), mean_difference(&paid, &paid_other));
        for (count, [low, high]) in
            covered.iter_mut().zip([conversion.interval95, conversion.interval90, value.interval95, value.interval90])
        {
            *count += u32::from(low <= 0.0 && 0.0 <= high);
        }
    }
    // 1,500 draws of 95 % deviate by 0.6 points, and one of 90 % by 0.8: three of those, and what 24 buyers a side cost
    for (count, meant) in covered.into_iter().zip([0.95, 0.90, 0.95, 0.90]) {
        let share = f64::from(count) / f64::from(SHOPS);
        assert!((share - meant).abs() < 0.025, "{share} for {meant}");
    }
}

/// A whole shop as lines: `holdout` of the visitors held out, of whom `base` buy; of the others `lift` more.
fn shop(visitors: u32, holdout: f64, base: f64, lift: f64, seed: u64) -> Lines {
    let mut coin = Coin(seed);
    let mut lines = Lines::default();
    for visitor in 0..visitors {
        let held_out = coin.draw() < holdout;
        let name = format!("v{visitor}");
        let at = DAY + u64::from(visitor) * 1_000;
        lines.exposure(&name, at, if held_out { "holdout" } else { "shown" });
        if coin.draw() < base * if held_out { 1.0 } else { 1.0 + lift } {
            lines.purchase(&name, at + HOUR, 40.0);
        }
    }
    lines
}

#[test]
fn a_lift_that_is_there_is_seen_and_one_that_is_not_is_not_claimed() {
    let real = shop(12_000, 0.5, 0.10, 0.3, 3).report();
    let lift = real.lift.unwrap();
    assert!(lift.conversion.interval95[0] > 0.0, "{lift:?}");
    let [low, high] = lift.conversion_relative.unwrap().interval95;
    assert!(low < 0.3 && 0.3 < high && low > 0.1, "{low} {high}");
    assert!(lift.value.interval95[0] > 0.0 && lift.value_relative.unwrap().value > 0.1);
    assert!(!real.is_mismatched());
    let none = shop(12_000, 0.5, 0.10, 0.0, 4).report();
    let [low, high] = none.lift.unwrap().conversion.interval95;
    assert!(low < 0.0 && 0.0 < high);
}

#[test]
fn what_is_too_early_is_said_to_be() {
    let text = shop(12_000, 0.5, 0.10, 0.0, 5).text;
    let at = |lift| tally(&text).report(Settings { lift, ..Settings::default() });
    assert_eq!(at(0.3).too_early, None);
    let early = at(0.05);
    assert!(early.needed.unwrap() > 12_000 && early.too_early.unwrap().contains("12000 visitors"));
    // a share that says nobody is held out, and people who were
    let unsaid = tally(&text).report(Settings { holdout: Some(0.0), lift: 0.3, ..Settings::default() });
    assert!(unsaid.needed.is_none() && unsaid.too_early.unwrap().contains("how many are needed cannot be said"));
    let few_buyers = shop(400, 0.5, 0.01, 0.0, 6).report();
    assert!(few_buyers.too_early.unwrap().contains("bought"));
}

/// A shop that changed its holdout has sides of neither share: what is needed goes by how they came.
#[test]
fn of_several_holdouts_the_sides_as_they_came_say_what_is_needed() {
    let text = shop(12_000, 0.5, 0.10, 0.0, 5).text;
    let changed: String = text.replacen(r#""holdout":0.5"#, r#""holdout":0.1"#, 2_000);
    let at = |lift| tally(&changed).report(Settings { lift, ..Settings::default() });
    let early = at(0.05);
    assert_eq!((early.holdout, early.holdouts_told.len()), (None, 2));
    let stated = tally(&text).report(Settings { lift: 0.05, ..Settings::default() }).needed.unwrap() as f64;
    let needed = early.needed.unwrap() as f64;
    assert!((needed / stated - 1.0).abs() < 0.01, "{needed} {stated}");
    assert!(early.too_early.unwrap().contains("are needed to see"));
    assert_eq!(at(0.3).too_early, None);
    let folder = Folder::new("report-holdouts");
    let file = folder.write("changed.ndjson", &changed);
    let said = stdout(&falter(&["report", &file, "--lift", "0.05"]));
    assert!(said.contains("share changed") && said.contains("too early") && !said.contains("enough"), "{said}");
    let said = stdout(&falter(&["report", &file, "--lift", "0.3", "--holdout", "0"]));
    assert!(said.contains("how many are needed cannot be said") && !said.contains("enough"), "{said}");
}

/// Anybody may send to a webhook: numbers at the end of their type leave what can be said as it was.
#[test]
fn numbers_at_the_end_of_their_type_are_counted() {
    let mut lines = by_hand();
    let expected = lines.report();
    lines.exposure("z", u64::MAX, "shown");
    lines.purchase("z", u64::MAX, 1e12);
    for count in [u64::MAX, u64::MAX, 1] {
        lines.add("z", u64::MAX, &format!(r#""type":"dropped","count":{count}"#));
    }
    let report = lines.report();
    assert_eq!((report.dropped, report.windows_open), (u64::MAX, 0));
    assert_eq!((report.shown.visitors, report.shown.value), (expected.shown.visitors + 1, 1e12 + 25.5));
    let [low, high] = report.lift.unwrap().value.interval95;
    assert!(low.is_finite() && high.is_finite() && high - low > 1e11, "{low} {high}");
}

/// Where cards crash the page of some visitors, their exposure is lost: the sides are not what they should be.
#[test]
fn sides_that_cannot_be_chance_are_told() {
    let mut lines = shop(6_000, 0.5, 0.1, 0.0, 8);
    assert!(!lines.report().is_mismatched());
    let kept: Vec<&str> = lines
        .text
        .lines()
        .enumerate()
        .filter(|(place, line)| !(line.contains(r#""side":"shown""#) && place % 10 == 0))
        .map(|(_, line)| line)
        .collect();
    lines.text = kept.join("\n");
    assert!(lines.report().is_mismatched());
}

#[test]
fn the_command_reads_many_files_and_says_what_it_found() {
    let folder = Folder::new("report");
    let all = shop(3_000, 0.1, 0.2, 0.2, 9).text.replace(r#""holdout":0.5"#, r#""holdout":0.1"#);
    let (one, other) = all.split_at(all.len() / 2 + all[all.len() / 2..].find('\n').unwrap() + 1);
    let files = [folder.write("one.ndjson", one), folder.write("other.ndjson", other)];
    let value: Value = serde_json::from_str(&stdout(&falter(&["report", &files[0], &files[1], "--json"]))).unwrap();
    assert_eq!(value["shown"]["visitors"].as_u64().unwrap() + value["held_out"]["visitors"].as_u64().unwrap(), 3_000);
    assert_eq!(value["holdout"], 0.1);
    assert!(value["lift"]["conversion"]["interval95"][0].is_f64() && value["mismatch_p"].is_f64());
    let text = stdout(&falter(&["report", &files[0], &files[1], "--days", "30", "--lift", "1"]));
    for part in ["held out", "visitors who bought", "95 % interval", "within 30 days", "enough visitors"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let wrong: Value =
        serde_json::from_str(&stdout(&falter(&["report", &files[0], &files[1], "--holdout", "0.3", "--json"])))
            .unwrap();
    assert!(wrong["mismatch_p"].as_f64().unwrap() < 1e-3);
    assert!(stdout(&falter(&["report", &files[0], &files[1], "--holdout", "0.3"])).contains("WARNING"));
}

#[test]
fn bad_lines_are_named_or_set_aside() {
    let folder = Folder::new("report-lines");
    let good = by_hand().text;
    for (bad, said) in [
        ("{", "EOF"),
        (r#"{"v":2,"id":"x","type":"act","at":1,"visitor":"a"}"#, "version 2"),
        (r#"{"v":1,"id":"x","type":"act","at":1}"#, "visitor"),
        (r#"{"v":1,"id":"x","type":"act","at":-1,"visitor":"a"}"#, "-1"),
        (r#"{"v":1,"id":"x","type":"exposure","at":1,"visitor":"a","side":"left"}"#, "left"),
        (r#"{"v":1,"id":"x","type":"purchase","at":1,"visitor":"a","value":-4}"#, "less than 0"),
        (r#"{"v":1,"id":"x","type":"purchase","at":1,"visitor":"a","value":1e200}"#, "more than 1e12"),
        (
            r#"{"v":1,"id":"x","type":"leave","at":1,"visitor":"a","cart":1e13}"#,
            "cart is less than 0 or more than 1e12",
        ),
        (
            r#"{"v":1,"id":"x","type":"show","at":1,"visitor":"a","percent":101}"#,
            "percent is less than 0 or more than 100",
        ),
        (&"x".repeat(70_000), "longer than"),
    ] {
        let file = folder.write("bad.ndjson", format!("\n{good}{bad}\n{good}"));
        let output = falter(&["report", &file]);
        assert_eq!(output.status.code(), Some(1));
        let (text, line) = (stderr(&output), format!("line {}", good.lines().count() + 2));
        assert!(text.contains("bad.ndjson") && text.contains(&line) && text.contains(said), "{text}");
        let output = falter(&["report", &file, "--keep-going", "--json"]);
        let value: Value = serde_json::from_str(&stdout(&output)).unwrap();
        assert_eq!(value["shown"]["visitors"], 3, "what came after it is read");
        assert!(stderr(&output).contains("1 bad lines set aside") && stderr(&output).contains(&line));
    }
    let odd = folder.write("odd.ndjson", r#"{"v":1,"id":"x","type":"sneeze","at":1,"visitor":"a","new":{"deep":[1]}}"#);
    assert!(stdout(&falter(&["report", &odd])).contains("1 events of types"));
    assert_eq!(falter(&["report"]).status.code(), Some(2));
    assert_eq!(falter(&["report", &odd, "--days", "0"]).status.code(), Some(2));
    assert_eq!(falter(&["report", &folder.path("missing.ndjson")]).status.code(), Some(1));
}
