//! `falter replay`: runs recordings through the detector as a page would, and prints every tick.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use falter::detector::{Decision, Detector, Settings, TICK_MS};
use falter::model::Model;
use falter::plays::Playbook;
use falter::policy::{History, Verdict};
use falter::recording::Header;
use falter::train::visit::Event;
use falter::window::SessionStart;

use crate::input::Reading;
use crate::{input, output};

/// Print {"session","t","risk","reason","decision"} for every tick of recordings, with "play" where one gave the cue
#[derive(Debug, Args)]
pub(crate) struct Replay {
    /// Recordings; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    /// Print ticks at multiples of this, ms
    #[arg(long, value_name = "MS", default_value_t = TICK_MS, value_parser = every)]
    every: u32,
    /// The model [default: the one that ships]
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Share of visits without a leave that may see a card: what "decision" goes by
    #[arg(long, value_name = "0..1", default_value_t = 0.05)]
    share: f32,
    /// A list of plays in JSON, in place of those that come with falter; [] for none
    #[arg(long, value_name = "FILE")]
    plays: Option<PathBuf>,
    /// Add the features of each tick
    #[arg(long)]
    features: bool,
    /// Add how sure each reason is and the evidence for it, and of a card what it would say
    #[arg(long)]
    why: bool,
}

fn every(text: &str) -> Result<u32, String> {
    match text.parse() {
        Ok(ms) if ms > 0 && ms % TICK_MS == 0 => Ok(ms),
        _ => Err(format!("ticks are {TICK_MS} ms apart; give a multiple of it")),
    }
}

/// The session being replayed.
struct Session {
    name: String,
    end: u32,
    detector: Detector,
}

impl Replay {
    pub(crate) fn run(self) -> Result<()> {
        let model = input::model(self.model.as_deref())?;
        let book = input::plays(self.plays.as_deref())?;
        let mut out = output::create(None)?;
        for path in &self.files {
            self.replay(path, &model, &book, &mut out)?;
        }
        out.flush().context("cannot write the ticks")
    }

    fn replay(&self, path: &Path, model: &Model, book: &Playbook, out: &mut dyn Write) -> Result<()> {
        let mut events = self.reading.events(path)?;
        let mut session: Option<Session> = None;
        loop {
            match events.next_event().map_err(|error| input::in_file(path, error))? {
                Some(Event::Signal { at, signal }) => {
                    if let Some(session) = &mut session {
                        self.run_ticks(session, at, book, out)?;
                        session.detector.push(&signal);
                    }
                }
                next => {
                    if let Some(mut session) = session.take() {
                        let end = session.end;
                        self.run_ticks(&mut session, end, book, out)?;
                    }
                    let Some(Event::Begin(header)) = next else { break };
                    session = Some(self.begin(header, model, book));
                }
            }
        }
        input::warn(path, &events);
        Ok(())
    }

    fn begin(&self, header: Header, model: &Model, book: &Playbook) -> Session {
        let history = History::from(&header);
        let settings = Settings { history, ..Settings::new(model.threshold_for_share(self.share)) };
        let mut detector = Detector::new(model.clone(), &SessionStart::from(&header), settings);
        detector.plays_mut().clone_from(&book.plays);
        // names are printed as JSON texts
        let name = serde_json::Value::from(header.session).to_string();
        Session { name, end: header.end, detector }
    }

    fn run_ticks(&self, session: &mut Session, until: u32, book: &Playbook, out: &mut dyn Write) -> Result<()> {
        while let Some(decision) = session.detector.tick(until) {
            if decision.t % self.every == 0 {
                self.print(session, &decision, book, out).context("cannot write the ticks")?;
            }
        }
        Ok(())
    }

    /// Numbers in their shortest form that reads back as the same f32.
    fn print(
        &self,
        session: &Session,
        decision: &Decision,
        book: &Playbook,
        out: &mut dyn Write,
    ) -> std::io::Result<()> {
        let Decision { t, risk, explanation, verdict, play } = decision;
        let reason = explanation.reason.name();
        let verdict = match verdict {
            Verdict::Show(_) => "show",
            Verdict::Hold(why) => why.name(),
        };
        let name = &session.name;
        write!(out, r#"{{"session":{name},"t":{t},"risk":{risk},"reason":"{reason}","decision":"{verdict}""#)?;
        if let Some(play) = play.and_then(|play| book.name(play)) {
            write!(out, r#","play":"{play}""#)?;
        }
        if self.why {
            write_why(decision, out)?;
        }
        if self.features {
            for (place, value) in session.detector.features().iter().enumerate() {
                out.write_all(if place == 0 { br#","features":["# } else { b"," })?;
                if value.is_nan() { out.write_all(b"null")? } else { write!(out, "{value}")? }
            }
            out.write_all(b"]")?;
        }
        out.write_all(b"}\n")
    }
}

/// Confidence, evidence, and the message and offer of a card.
fn write_why(Decision { explanation, verdict, .. }: &Decision, out: &mut dyn Write) -> std::io::Result<()> {
    write!(out, r#","confidence":{},"evidence":["#, explanation.confidence)?;
    let evidence = explanation.evidence.iter().filter(|item| item.weight > 0.0);
    for (place, item) in evidence.enumerate() {
        let comma = if place == 0 { "" } else { "," };
        let (name, value, weight) = (item.name(), item.value, item.weight);
        write!(out, r#"{comma}{{"name":"{name}","value":{value},"weight":{weight}}}"#)?;
    }
    write!(out, "]")?;
    if let Verdict::Show(show) = verdict {
        let (doubt, message, offer) = (show.reason.name(), show.message.name(), show.offer.name());
        write!(out, r#","show":{{"reason":"{doubt}","message":"{message}","offer":"{offer}"}}"#)?;
    }
    Ok(())
}
