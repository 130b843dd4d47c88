//! Presence, labels, evaluation and presets, each against cases or a naive twin.
#![cfg(feature = "train")]

use falter::detector::{Detector, Settings};
use falter::model::Model;
use falter::plays::Plays;
use falter::policy::Verdict;
use falter::train::Visit;
use falter::train::dataset::{Rows, Shape};
use falter::train::evaluate::{COOL_MS, Graded, Judged, RATES};
use falter::train::people::{role, simulated, work_through};
use falter::train::presence::{Ending, Presence, presence};
use falter::train::presets::course;
use falter::train::recipe::{Recipe, make};
use falter::train::simulate::{SimulateOptions, simulate};
use falter::train::visit::VisitReader;
use falter::window::SessionStart;

const HEADER: &str =
    r#"{"session":"a","format":1,"source":"test","device":"mouse","w":1000,"h":600,"docH":2000,"end":30000}"#;

fn visit(lines: &[&str]) -> Visit {
    let text = format!("{HEADER}\n{}\n", lines.join("\n"));
    VisitReader::new(text.as_bytes()).next().unwrap().unwrap()
}

fn simulated_visits(sessions: u32, seed: u64) -> Vec<Visit> {
    simulate(&SimulateOptions { sessions, seed, ..SimulateOptions::default() }).map(Visit::from).collect()
}

fn stretches(lines: &[&str]) -> Vec<(u32, u32, Ending)> {
    presence(&visit(lines)).into_iter().map(|Presence { start, end, ending }| (start, end, ending)).collect()
}

#[test]
fn presence_is_as_the_reference_judge_has_it() {
    use Ending::{Done, Leave, Open};
    type Case = (&'static str, &'static [&'static str], &'static [(u32, u32, Ending)]);
    const MOVE: &str = r#"{"t":0,"s":"move","x":1,"y":1}"#;
    const BLUR: &str = r#"{"t":9000,"s":"blur"}"#;
    const LATER: &str = r#"{"t":5000,"s":"move","x":1,"y":1}"#;
    let cases: [Case; 12] = [
        ("nobody leaves", &[MOVE], &[(0, 30_000, Open)]),
        ("a blur is a leave", &[MOVE, BLUR], &[(0, 9_000, Leave)]),
        ("regained within 500 ms it is none", &[BLUR, r#"{"t":9500,"s":"focus"}"#], &[(0, 30_000, Open)]),
        ("by a movement too", &[BLUR, r#"{"t":9100,"s":"move","x":1,"y":1}"#], &[(0, 30_000, Open)]),
        ("501 ms is too late", &[BLUR, r#"{"t":9501,"s":"focus"}"#], &[(0, 9_000, Leave), (9_501, 30_000, Open)]),
        (
            "a scroll regains presence, but not at once",
            &[BLUR, r#"{"t":9100,"s":"scroll","y":4}"#],
            &[(0, 9_000, Leave), (9_100, 30_000, Open)],
        ),
        (
            "what comes while away is not seen",
            &[BLUR, r#"{"t":9200,"s":"hidden"}"#, r#"{"t":9300,"s":"key","k":"nav"}"#, r#"{"t":12000,"s":"visible"}"#],
            &[(0, 9_000, Leave), (12_000, 30_000, Open)],
        ),
        ("hidden is a leave", &[r#"{"t":4000,"s":"hidden"}"#], &[(0, 4_000, Leave)]),
        ("an unload ends all", &[r#"{"t":4000,"s":"unload"}"#, LATER], &[(0, 4_000, Leave)]),
        ("an unload while away is no second leave", &[BLUR, r#"{"t":9900,"s":"unload"}"#], &[(0, 9_000, Leave)]),
        (
            "after an order an unload is none",
            &[r#"{"t":3000,"s":"purchase","value":20}"#, r#"{"t":4000,"s":"unload"}"#],
            &[(0, 4_000, Done)],
        ),
        (
            "nor is a dialog of the page",
            &[r#"{"t":3000,"s":"blur","to":"dialog"}"#, r#"{"t":8000,"s":"focus"}"#],
            &[(0, 3_000, Done), (8_000, 30_000, Open)],
        ),
    ];
    for (what, lines, wanted) in cases {
        assert_eq!(stretches(lines), wanted, "{what}");
    }
}

#[test]
fn rows_are_labelled_by_what_came_after_them() {
    let visit =
        visit(&[r#"{"t":0,"s":"move","x":1,"y":1}"#, r#"{"t":15000,"s":"blur"}"#, r#"{"t":20000,"s":"focus"}"#]);
    let mut rows = Rows::new(1.0);
    rows.add(&visit, 1);
    // ticks 250..15000 and 20250..30000; those of the last 4 s before 15000 are followed by the leave
    assert_eq!(rows.len(), 60 + 40);
    assert_eq!(rows.labels().iter().filter(|&&label| label).count(), 17);
    assert!(rows.labels()[43..60].iter().all(|&label| label));
    let weights = rows.weights(&Shape { late: 0.5, early: 0.25, keep: 1.0 });
    assert_eq!(
        (weights[18], weights[19], weights[42], weights[43], weights[52], weights[59]),
        (1.0, 0.25, 0.25, 1.0, 0.5, 0.5)
    );
}

#[test]
fn which_rows_are_kept_does_not_depend_on_how_they_were_gathered() {
    let visits = simulated_visits(12, 3);
    let gather = |part: usize, keep: f32, most: usize| {
        let mut all = Rows::new(keep);
        for (block, visits) in visits.chunks(part).enumerate() {
            let mut rows = Rows::new(keep);
            for (place, visit) in visits.iter().enumerate() {
                rows.add(visit, (block * part + place) as u64);
            }
            all.append(rows, most);
        }
        all
    };
    let whole = gather(12, 0.25, usize::MAX);
    let thinned = gather(12, 0.25, whole.len() / 3);
    assert!(thinned.len() <= whole.len() / 3 && thinned.len() > whole.len() / 16);
    // NaN is not equal to itself: compare what is printed
    let text = |rows: &Rows| format!("{rows:?}");
    assert_eq!(text(&gather(1, 0.25, whole.len() / 3)), text(&thinned));
    assert_eq!(text(&gather(5, 0.25, whole.len() / 3)), text(&thinned));
    let (all, few): (f32, f32) = (whole.ticks().iter().sum(), thinned.ticks().iter().sum());
    assert!((few / all - 1.0).abs() < 0.1, "{few} ticks stand for {all}");
}

/// The reference's counts at one threshold, transcribed: (on time, ahead, false).
fn naive(stretches: &[Presence], ticks: &[(u32, f32)], threshold: f64) -> (u64, u64, u64) {
    let (mut on_time, mut ahead, mut wrong) = (0, 0, 0);
    for stretch in stretches {
        let left = stretch.ending != Ending::Open;
        let mut fired: Vec<u32> = vec![];
        for &(t, risk) in ticks {
            let risk: f64 = risk.to_string().parse().unwrap();
            if stretch.holds(t) && risk >= threshold && fired.last().is_none_or(|last| t - last >= COOL_MS) {
                fired.push(t);
            }
        }
        if left && stretch.end - stretch.start >= 4_000 {
            on_time += u64::from(fired.iter().any(|t| (2_000..=4_000).contains(&(stretch.end - t))));
            ahead += u64::from(fired.iter().any(|t| (2_000..=10_000).contains(&(stretch.end - t))));
        }
        wrong += fired.iter().filter(|&&t| !left || stretch.end - t > 10_000).count() as u64;
    }
    (on_time, ahead, wrong)
}

#[test]
fn evaluation_agrees_with_a_naive_twin_at_every_rate() {
    let model = tiny_model();
    let visits = simulated_visits(25, 8);
    let courses: Vec<_> = visits.iter().map(|visit| (presence(visit), course(&model, visit).ticks)).collect();
    let mut judged = Judged::default();
    for (stretches, ticks) in &courses {
        let graded: Vec<Graded> = ticks.iter().map(|&(t, risk)| Graded::new(t, risk)).collect();
        judged.add(stretches, &graded);
    }
    let mut values: Vec<f64> = courses
        .iter()
        .flat_map(|(_, ticks)| ticks)
        .map(|(_, risk)| format!("{:.4}", risk.to_string().parse::<f64>().unwrap()).parse().unwrap())
        .collect();
    values.sort_by(|a, b| b.total_cmp(a));
    values.dedup();
    let mut found = 0;
    for rate in RATES {
        let mut best: Option<(u64, u64, f64, f64)> = None;
        for &threshold in values.iter().step_by((values.len() / 400).max(1)) {
            let counts = courses.iter().map(|(stretches, ticks)| naive(stretches, ticks, threshold));
            let (on_time, ahead, wrong) = counts.fold((0, 0, 0), |a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2));
            let per_minute = wrong as f64 / judged.minutes();
            if per_minute <= rate && best.is_none_or(|best| on_time >= best.0) {
                best = Some((on_time, ahead, per_minute, threshold));
            }
        }
        let operating = judged.at_rate(rate).map(|o| (o.on_time, o.ahead, o.false_per_minute, o.threshold));
        assert_eq!(operating, best, "at {rate} a minute");
        found += operating.map_or(0, |o| o.1);
    }
    assert!(found > 0, "nothing was judged");
}

/// A model of a few trees on a few people: as weak as it is quick to make.
fn tiny_model() -> Model {
    tiny(1).0
}

fn tiny(threads: usize) -> (Model, String) {
    let mut recipe = Recipe::default();
    recipe.boost.trees = 12;
    recipe.boost.threads = threads;
    recipe.rows = 8_000;
    let options = SimulateOptions { sessions: 80, seed: 1, ..SimulateOptions::default() };
    let made = make(&recipe, || simulated(&options), &mut |_| {}).unwrap();
    (made.model, format!("{:?}", made.manifest))
}

#[test]
fn the_same_people_and_seed_give_the_same_bytes_on_any_number_of_threads() {
    let (one, manifest) = tiny(1);
    assert!(one.parts().trees.len() > 3, "stopped at once");
    for threads in [1, 3] {
        let (other, other_manifest) = tiny(threads);
        assert_eq!(other.to_bytes(), one.to_bytes());
        assert_eq!(other_manifest, manifest);
    }
}

/// When a detector at this threshold, without plays, shows its card.
fn card(model: &Model, visit: &Visit, threshold: f32) -> Option<u32> {
    let mut detector = Detector::new(model.clone(), &SessionStart::from(&visit.header), Settings::new(threshold));
    *detector.plays_mut() = Plays::none();
    let mut shown = None;
    let mut run = |detector: &mut Detector, until: u32| {
        while let Some(decision) = detector.tick(until) {
            if let Verdict::Show(_) = decision.verdict {
                shown = shown.or(Some(decision.t));
            }
        }
    };
    for (at, signal) in &visit.signals {
        run(&mut detector, *at);
        detector.push(signal);
    }
    run(&mut detector, visit.header.end);
    shown
}

#[test]
fn one_pass_tells_for_every_threshold_when_the_detector_would_show_its_card() {
    let model = tiny_model();
    let mut cards = 0;
    for visit in simulated_visits(25, 77) {
        let course = course(&model, &visit);
        let mut thresholds = vec![0.02, 0.05, 0.1, 0.2, 0.3, 0.5];
        for chance in &course.chances {
            thresholds.extend([chance.threshold * 0.9999, chance.threshold * 1.0001]);
        }
        for threshold in thresholds {
            let shown = card(&model, &visit, threshold);
            assert_eq!(course.card_at(threshold), shown, "{} at {threshold}", visit.header.session);
            cards += usize::from(shown.is_some());
        }
    }
    assert!(cards > 20, "{cards} cards: too few to tell");
}

#[test]
fn everybody_has_one_role_and_work_comes_back_in_order() {
    let shares = [0, 1, 2].map(|n| (0..10_000).filter(|&p| role(1, p) as usize == n).count());
    assert!((6_800..7_200).contains(&shares[0]) && (850..1_150).contains(&shares[1]), "{shares:?}");
    let options = SimulateOptions { sessions: 70, seed: 2, ..SimulateOptions::default() };
    let names = |threads| {
        let mut names = vec![];
        work_through(simulated(&options), threads, |n, visit| (n, visit.header.session), |name| names.push(name))
            .unwrap();
        names
    };
    let one = names(1);
    assert_eq!(one.len(), 70);
    assert!(one.iter().zip(0..).all(|((n, _), place)| *n == place));
    assert_eq!(names(3), one);
    let direct: Vec<String> = simulate(&options).map(|visit| visit.header.session).collect();
    assert_eq!(one.into_iter().map(|(_, name)| name).collect::<Vec<_>>(), direct);
}

#[test]
fn readers_name_the_line_and_the_mend() {
    let error = |text: &str| VisitReader::new(text.as_bytes()).find_map(Result::err).unwrap().to_string();
    let early = error("{\"t\":1,\"s\":\"focus\"}\n");
    assert!(early.contains("line 1") && early.contains("before any session"), "{early}");
    let falls = error(&format!("{HEADER}\n{{\"t\":9,\"s\":\"focus\"}}\n\n{{\"t\":8,\"s\":\"focus\"}}\n"));
    assert!(falls.contains("line 4") && falls.contains("earlier"), "{falls}");
    let broken = error(&format!("{HEADER}\n{{\"t\":9,\"s\":\"mo"));
    assert!(broken.contains("line 2"), "{broken}");
    let long = error(&format!("{HEADER}\n{}\n", "x".repeat(70_000)));
    assert!(long.contains("line 2") && long.contains("65,536"), "{long}");
    let mut reader = VisitReader::new(HEADER.as_bytes());
    assert!(reader.next().unwrap().unwrap().signals.is_empty());
    assert!(reader.next().is_none());
    let mut unknown = VisitReader::new(
        "{\"session\":\"a\",\"format\":1,\"w\":9,\"h\":9,\"docH\":9,\"end\":9}\n{\"t\":1,\"s\":\"sneeze\"}".as_bytes(),
    );
    assert!(unknown.next().unwrap().unwrap().signals.is_empty());
    assert_eq!(unknown.unknown(), 1);
}

#[test]
fn a_visit_written_and_read_is_the_same() {
    for visit in simulated_visits(6, 5) {
        let mut text = String::new();
        visit.write(&mut text);
        let again = VisitReader::new(text.as_bytes()).next().unwrap().unwrap();
        // amounts that are not known are NaN, which equals nothing: compare what is written
        let mut twice = String::new();
        again.write(&mut twice);
        assert_eq!(twice, text);
        let risks = |visit: &Visit| {
            let mut rows = vec![];
            visit.observe(|t, observer| rows.push((t, observer.row().map(f32::to_bits))));
            rows
        };
        assert!(risks(&again) == risks(&visit), "features differ between a visit and its recording");
    }
}
