//! After it was made, a detector allocates nothing, whatever comes.

mod support;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::collections::HashSet;

use falter::detector::{Detector, Settings};
use falter::model::Model;
use falter::recording::{Line, read_line};
use falter::signal::{Device, Facts, Signal, SignalKind};
use support::{Visit, at, model, moved, start};

thread_local! {
    // of this thread only: the test runner allocates in its own
    static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
}

struct Counting;

// SAFETY: every call goes to the system's allocator as it came; counting touches no memory that it hands out.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: the caller keeps the contract of `alloc`
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract of `dealloc`
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: the caller keeps the contract of `realloc`
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn allocations(run: impl FnOnce()) -> u64 {
    let before = ALLOCATIONS.get();
    run();
    ALLOCATIONS.get() - before
}

/// Runs all ticks and pushes all signals; gives the number of ticks.
fn run(detector: &mut Detector, signals: &[Signal]) -> u32 {
    let mut ticks = 0;
    for signal in signals {
        while detector.tick(signal.t).is_some() {
            ticks += 1;
        }
        detector.push(signal);
        let _ = detector.take_leave(signal.t);
    }
    ticks
}

#[test]
fn the_count_counts() {
    assert_eq!(allocations(|| drop(std::hint::black_box(Box::new(1u8)))), 1);
    let grown = allocations(|| drop(std::hint::black_box((0..1_000).collect::<std::collections::VecDeque<u32>>())));
    assert!(grown >= 1);
}

#[test]
fn neither_a_signal_nor_a_tick_allocates() {
    for seed in 0..20 {
        let visit = Visit::random(seed, 400);
        let mut detector = Detector::new(model(seed), &start(Device::Mouse), Settings::new(0.3));
        // the first signal too: there is nothing to warm up
        let mut ticks = 0;
        assert_eq!(allocations(|| ticks = run(&mut detector, &visit)), 0, "seed {seed}");
        assert!(ticks > 50, "seed {seed}: {ticks} ticks");
    }
}

/// What no recorded visit has.
const RARE: &str = r#"{"t":100,"s":"copy","what":"price"}
{"t":300,"s":"select"}
{"t":500,"s":"problem","what":"slow"}
{"t":700,"s":"answer","reason":"returns"}"#;

fn signals(recording: &str) -> Vec<Signal> {
    let line = |line: &str| read_line(line).unwrap_or_else(|error| panic!("{line}: {error}"));
    let signals = recording.lines().map(line).filter_map(|line| match line {
        Line::Signal { signal, .. } => Some(signal),
        _ => None,
    });
    signals.collect()
}

#[test]
fn recorded_visits_with_every_kind_of_signal_do_not_allocate() {
    let folders = ["tests/sessions", "tests/sessions/plays"];
    let mut visits: Vec<Vec<Signal>> = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).expect("recordings"))
        .map(|file| file.expect("a file").path())
        .filter(|file| file.extension().is_some_and(|extension| extension == "ndjson"))
        .map(|file| signals(&std::fs::read_to_string(file).expect("text")))
        .collect();
    visits.push(signals(RARE));
    let kinds: HashSet<_> = visits.iter().flatten().map(|signal| std::mem::discriminant(&signal.kind)).collect();
    assert_eq!(kinds.len(), 31, "every kind of SESSION_FORMAT");
    let shipped = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/models/exit.falter")).expect("a model");
    let shipped = Model::from_vec(shipped).expect("a model");
    for visit in &visits {
        let mut detector = Detector::new(shipped.clone(), &start(Device::Mouse), Settings::new(0.1));
        assert_eq!(allocations(|| _ = run(&mut detector, visit)), 0);
    }
}

#[test]
fn a_visit_that_sees_a_card_does_not_allocate_either() {
    let facts = Facts { free_shipping_from: 50.0, returns_days: 30.0, ..Facts::NONE };
    let mut visit = vec![at(0, SignalKind::Facts(facts))];
    visit.extend((0..200).map(|n| moved(n * 100, n as f32, 300.0)));
    let mut detector = Detector::new(support::constant(2.0), &start(Device::Mouse), Settings::new(0.5));
    let mut shown = 0;
    let count = allocations(|| {
        for signal in &visit {
            while let Some(decision) = detector.tick(signal.t) {
                shown += u32::from(matches!(decision.verdict, falter::policy::Verdict::Show(_)));
            }
            detector.push(signal);
        }
    });
    assert_eq!((count, shown), (0, 1));
}

#[test]
fn an_hour_at_1_khz_leaves_the_state_as_large_as_a_minute_did() {
    let mut detector = Detector::new(model(1), &start(Device::Mouse), Settings::new(0.3));
    let hand = |t: u32| moved(t, (t / 7 % 1_200) as f32, (t / 11 % 700) as f32 + 0.5);
    for t in 0..60_000 {
        detector.push(&hand(t));
    }
    let minute = detector.save().len();
    // the hour itself in strides: a tenth of its signals say as much
    let mut late = 0;
    let count = allocations(|| late = (6_000..360_000).filter(|n| detector.push(&hand(n * 10)).is_none()).count());
    assert_eq!((count, late), (0, 0));
    assert_eq!(detector.save().len(), minute);
    assert_eq!(allocations(|| drop(detector.save())), 1, "saving is the one thing that allocates: its bytes");
    let saved = detector.save();
    assert_eq!(allocations(|| detector.restore(&saved).expect("ours")), 0, "restoring does not");
}
