//! What a tick and a signal cost natively, on the recorded sessions of tests/sessions/: `./build.sh bench`.

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::time::Instant;

use falter::detector::{Detector, Settings};
use falter::model::Model;
use falter::recording::{Line, read_line};
use falter::signal::Signal;
use falter::window::SessionStart;

/// Each session is run this often; the figures are over all runs.
const RUNS: usize = 200;

struct Session {
    start: SessionStart,
    signals: Vec<(u32, Signal)>,
}

/// Times of single calls, ns.
#[derive(Default)]
struct Times(Vec<u64>);

impl Times {
    fn add(&mut self, began: Instant) {
        self.0.push(u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX));
    }

    fn say(mut self, what: &str) {
        self.0.sort_unstable();
        let at = |percent: usize| self.0[(self.0.len() - 1) * percent / 100];
        println!("{what:<44} {:>7} ns median {:>7} ns p90 {:>9} calls", at(50), at(90), self.0.len());
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let bytes = fs::read("models/exit.falter")?;
    let model = Model::from_bytes(&bytes)?;
    let sessions = read_sessions()?;
    let (mut loads, mut ticks, mut signals) = (Times::default(), Times::default(), Times::default());
    let mut risks = Vec::new();
    for _ in 0..RUNS {
        let began = Instant::now();
        black_box(Model::from_bytes(&bytes))?;
        loads.add(began);
        let sum: f64 = sessions.iter().map(|session| replay(session, &model, &mut ticks, &mut signals)).sum();
        risks.push(sum);
    }
    assert!(risks.iter().all(|risk| *risk > 0.0 && risk.to_bits() == risks[0].to_bits()), "every run decides alike");
    loads.say("reading the model");
    ticks.say("one tick: features, risk, reason, decision");
    signals.say("one signal into the window");
    Ok(())
}

/// Runs a session through a detector; returns the sum of its risks.
fn replay(session: &Session, model: &Model, ticks: &mut Times, signals: &mut Times) -> f64 {
    let mut detector = Detector::new(model.clone(), &session.start, Settings::new(model.threshold_for_share(0.05)));
    let mut sum = 0.0;
    for (at, signal) in &session.signals {
        loop {
            let began = Instant::now();
            let Some(decision) = black_box(detector.tick(*at)) else { break };
            ticks.add(began);
            sum += f64::from(decision.risk);
        }
        let began = Instant::now();
        black_box(detector.push(signal));
        signals.add(began);
    }
    sum
}

fn read_sessions() -> Result<Vec<Session>, Box<dyn Error>> {
    let mut paths: Vec<_> =
        fs::read_dir("tests/sessions")?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    paths.sort();
    let mut sessions: Vec<Session> = Vec::new();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "ndjson")) {
        for line in fs::read_to_string(path)?.lines() {
            match read_line(line)? {
                Line::Header(header) => {
                    sessions.push(Session { start: SessionStart::from(&header), signals: Vec::new() })
                }
                Line::Signal { at, signal } => {
                    sessions.last_mut().ok_or("a signal before its session")?.signals.push((at, signal));
                }
                Line::Unknown => {}
            }
        }
    }
    Ok(sessions)
}
